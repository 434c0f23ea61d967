import type { Diagnostic } from '../../model/diagnostic.ts';
import { BlockMap } from '../../net/block-map.ts';
import { ipToNumber, parseCidr } from '../../net/ipv4.ts';
import { eachEntry } from '../../topology/entries.ts';
import type { FloatingIp } from '../../topology/types.gen.ts';
import type { ValidTopology } from '../../topology/valid.ts';
import { diagnose } from '../diagnose.ts';
import type { Assigned } from './assign.ts';
import type { Draft, Drafts } from './drafts.ts';
import { must } from './must.ts';
import { originAt } from './origin.ts';
import type {
  FixedIp,
  ResolvedFloatingIp,
  ResolvedInstance,
  ResolvedPort,
  ResolvedRouter,
  ResolvedSubnet,
} from './resolved.ts';

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
  eachEntry(topology.doc.floating_ips, (name, spec) => {
    const draft = must(drafts.floatingIps.get(name), `a draft of ${name}`);
    const own = must(assigned.fixedIps.get(draft)?.[0], `an address for ${name}`);
    const target =
      spec.instance === undefined
        ? addressOn(near, spec)
        : targetOf(must(instances.get(spec.instance), `an instance ${spec.instance}`), spec);
    const router = ways.get(spec.floating_network)?.get(target.subnet.name)?.router;
    if (router?.gateway === undefined) {
      diagnostics.push(noRouter(topology, draft, name, target));
      return;
    }
    const { node, netns, gateway } = router;
    const found: ResolvedFloatingIp = {
      name,
      id: draft.id,
      address: own.address,
      fixedAddress: target.address,
      fixedScope: target.subnet.scope,
      router: router.name,
      node,
      netns,
      device: gateway.device,
      origin: originAt(topology, draft.path),
    };
    floatingIps.push(spec.instance === undefined ? found : { ...found, instance: spec.instance });
  });
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

/** The subnets routers have an interface on, by their network. */
type Neighbourhood = ReadonlyMap<string, BlockMap<ResolvedSubnet>>;

function neighbourhood(routers: ReadonlyMap<string, ResolvedRouter>): Neighbourhood {
  const near = new Map<string, BlockMap<ResolvedSubnet>>();
  for (const { interfaces } of routers.values()) {
    for (const { fixedIp } of interfaces) {
      const { subnet } = fixedIp;
      const blocks = near.get(subnet.network) ?? new BlockMap<ResolvedSubnet>();
      near.set(subnet.network, blocks);
      blocks.add(parseCidr(subnet.cidr), subnet);
    }
  }
  return near;
}

/** The address of a machine that is no instance: on the subnet of its network that a router has an interface on. */
function addressOn(near: Neighbourhood, spec: FloatingIp): FixedIp {
  const address = must(spec.fixed_ip_address, 'an address');
  const subnet = near.get(must(spec.network, 'a network'))?.first(ipToNumber(address));
  return { address, subnet: must(subnet, `a router beside ${address}`) };
}

/** The router between an external network and a subnet, by the names of both. */
type WaysOut = ReadonlyMap<string, ReadonlyMap<string, WayOut>>;

interface WayOut {
  readonly router: ResolvedRouter;
  /** It holds the subnet's gateway address. */
  readonly isGateway: boolean;
}

/** As Neutron chooses (`_get_router_for_floatingip`): the router that holds the subnet's gateway address, else the first. */
function waysOut(routers: ReadonlyMap<string, ResolvedRouter>): WaysOut {
  const ways = new Map<string, Map<string, WayOut>>();
  for (const router of routers.values()) {
    if (router.gateway === undefined) continue;
    const bySubnet = ways.get(router.gateway.network) ?? new Map<string, WayOut>();
    ways.set(router.gateway.network, bySubnet);
    for (const { fixedIp } of router.interfaces) {
      const { name, gatewayIp } = fixedIp.subnet;
      const isGateway = fixedIp.address === gatewayIp;
      const known = bySubnet.get(name);
      if (known === undefined || (isGateway && !known.isGateway)) bySubnet.set(name, { router, isGateway });
    }
  }
  return ways;
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
