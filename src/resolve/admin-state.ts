import { isUp } from '../topology/defaults.ts';
import type { Topology } from '../topology/types.gen.ts';
import type { ResolvedRouter, ResolvedTopology } from './resolved.ts';

/**
 * Returns the topology without the objects that `admin_state_up: false` removes from the nodes, as in Neutron: a
 * router with its floating IPs, a router's interface, the DHCP server of a network. Everything else stays, so bridges
 * keep their NICs. A port of an instance stays too: its mechanism stops its frames.
 */
export function withoutDown(
  { routers: specs = {}, networks: nets = {} }: Topology,
  all: ResolvedTopology,
): ResolvedTopology {
  const routers = new Map(
    [...all.routers].flatMap(([name, router]) => {
      const spec = specs[name];
      return spec === undefined || !isUp(spec)
        ? []
        : [[name, withUpInterfaces(router, spec.interfaces ?? {})] as const];
    }),
  );
  const isCarried = ({ router }: { readonly router: string }): boolean => routers.has(router);
  return {
    ...all,
    withDown: all,
    routers,
    networks: new Map(
      [...all.networks].map(([name, network]) => [
        name,
        isUp(nets[name] ?? {}) ? network : { ...network, dhcp: undefined },
      ]),
    ),
    floatingIps: all.floatingIps.filter(isCarried),
    forwardedIps: all.forwardedIps.filter(isCarried),
  };
}

/** Routes through an interface that is down are not there either. */
function withUpInterfaces(
  router: ResolvedRouter,
  specs: Readonly<Record<string, { readonly admin_state_up?: boolean }>>,
): ResolvedRouter {
  const interfaces = router.interfaces.filter(({ fixedIp }) => isUp(specs[fixedIp.subnet.name] ?? {}));
  if (interfaces.length === router.interfaces.length) return router;
  const devices = new Set([...interfaces, ...(router.gateway ? [router.gateway] : [])].map(({ device }) => device));
  const routes = router.routes.flatMap((route) => {
    const nexthops = route.nexthops.filter(({ device }) => devices.has(device));
    return nexthops.length === 0 ? [] : [{ ...route, nexthops }];
  });
  return { ...router, interfaces, routes };
}
