import type { Diagnostic } from '../../model/diagnostic.ts';
import { contains, ipToNumber, parseCidr } from '../../net/ipv4.ts';
import type { Cidr } from '../../net/ipv4.ts';
import type { FloatingIp } from '../../topology/types.gen.ts';
import type { ValidTopology } from '../../topology/valid.ts';
import { diagnose } from '../diagnose.ts';
import type { Assigned } from './assign.ts';
import type { Draft, Drafts } from './drafts.ts';
import { must } from './must.ts';
import { originAt } from './origin.ts';
import type { FixedIp, ResolvedFloatingIp, ResolvedInstance, ResolvedPort, ResolvedRouter } from './resolved.ts';

/** What floating IPs stand between. */
export interface Ends {
  readonly routers: ReadonlyMap<string, ResolvedRouter>;
  readonly instances: ReadonlyMap<string, ResolvedInstance>;
}

/** Every floating IP of the document, in the order of the file. */
export function resolveFloatingIps(
  topology: ValidTopology,
  drafts: Drafts,
  assigned: Assigned,
  { routers, instances }: Ends,
): { floatingIps: readonly ResolvedFloatingIp[]; diagnostics: readonly Diagnostic[] } {
  const ways = waysOut(routers);
  const near = neighbourhood(routers);
  const floatingIps: ResolvedFloatingIp[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [name, spec] of Object.entries(topology.doc.floating_ips ?? {})) {
    const draft = must(drafts.floatingIps.get(name), `a draft of ${name}`);
    const own = must(assigned.fixedIps.get(draft)?.[0], `an address for ${name}`);
    const target =
      spec.instance === undefined
        ? addressOn(near, spec)
        : targetOf(must(instances.get(spec.instance), `an instance ${spec.instance}`), spec);
    const router = routerFor(ways, spec.floating_network, target);
    if (router?.gateway === undefined) {
      diagnostics.push(noRouter(topology, draft, name, target));
      continue;
    }
    const { node, netns, gateway } = router;
    floatingIps.push({
      name,
      id: draft.id,
      address: own.address,
      fixedAddress: target.address,
      router: router.name,
      node,
      netns,
      device: gateway.device,
      ...(spec.instance === undefined ? {} : { instance: spec.instance }),
      origin: originAt(topology, draft.path),
    });
  }
  return { floatingIps, diagnostics };
}

function targetOf(instance: ResolvedInstance, spec: FloatingIp): FixedIp {
  const port: ResolvedPort | undefined =
    spec.port === undefined ? instance.ports[0] : instance.ports.find(({ device }) => device === spec.port);
  const { fixedIps } = must(port, `a port of ${instance.name}`);
  const given = spec.fixed_ip_address;
  const fixedIp = given === undefined ? fixedIps[0] : fixedIps.find(({ address }) => address === given);
  return must(fixedIp, `an address of ${instance.name}`);
}

/** The subnets routers have an interface on, ready to look an address up. */
type Neighbourhood = readonly { readonly block: Cidr; readonly fixedIp: FixedIp }[];

function neighbourhood(routers: ReadonlyMap<string, ResolvedRouter>): Neighbourhood {
  return [...routers.values()].flatMap(({ interfaces }) =>
    interfaces.map(({ fixedIp }) => ({ block: parseCidr(fixedIp.subnet.cidr), fixedIp })),
  );
}

/** The address of a machine that is no instance: on the subnet of its network that a router has an interface on. */
function addressOn(near: Neighbourhood, spec: FloatingIp): FixedIp {
  const address = must(spec.fixed_ip_address, 'an address');
  const number = ipToNumber(address);
  const on = near.find(({ block, fixedIp }) => fixedIp.subnet.network === spec.network && contains(block, number));
  return { ...must(on, `a router beside ${address}`).fixedIp, address };
}

/** Routers by the external network of their gateway and a subnet of theirs. */
type WaysOut = ReadonlyMap<string, readonly ResolvedRouter[]>;

function waysOut(routers: ReadonlyMap<string, ResolvedRouter>): WaysOut {
  const ways = new Map<string, ResolvedRouter[]>();
  for (const router of routers.values()) {
    if (router.gateway === undefined) continue;
    for (const { fixedIp } of router.interfaces) {
      const key = wayKey(router.gateway.network, fixedIp.subnet.name);
      const known = ways.get(key);
      if (known) known.push(router);
      else ways.set(key, [router]);
    }
  }
  return ways;
}

/** As Neutron chooses (`_get_router_for_floatingip`): the router that holds the subnet's gateway address, else the first. */
function routerFor(ways: WaysOut, externalNetwork: string, { subnet }: FixedIp): ResolvedRouter | undefined {
  const routers = ways.get(wayKey(externalNetwork, subnet.name)) ?? [];
  const holder = routers.find((router) =>
    router.interfaces.some(
      ({ fixedIp }) => fixedIp.subnet.name === subnet.name && fixedIp.address === subnet.gatewayIp,
    ),
  );
  return holder ?? routers[0];
}

function wayKey(network: string, subnet: string): string {
  return `${network}/${subnet}`;
}

/** Only a derived address gets here: a given one without a router is refused with the rest of the file. */
function noRouter(topology: ValidTopology, draft: Draft, name: string, { address, subnet }: FixedIp): Diagnostic {
  const external = draft.network.name;
  return diagnose('NLC04', `no router connects ${external} with ${address}, the target of floating IP ${name}`, {
    origin: originAt(topology, draft.path),
    other: { message: 'its subnet', origin: subnet.origin },
    hint: `give the instance's port a fixed_ip_address of a subnet that a router with its gateway on ${external} has an interface on`,
  });
}
