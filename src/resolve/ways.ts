import { BlockMap } from '../net/block-map.ts';
import { parseBlock } from '../net/block.ts';
import { parseIp } from '../net/ip.ts';
import type { FloatingIp } from '../topology/types.gen.ts';
import { must } from './must.ts';
import type {
  FixedIp,
  ResolvedGateway,
  ResolvedInstance,
  ResolvedPort,
  ResolvedRouter,
  ResolvedSubnet,
  Standing,
} from './resolved.ts';

/** A router with a gateway. */
export type Carrier = ResolvedRouter & { readonly gateway: ResolvedGateway };

/** What a floating IP or a port forwarding leads to, and who carries it out: nobody where no router is between. */
export interface Way {
  readonly target: FixedIp;
  readonly router: Carrier | undefined;
}

/** Tells the way of anything that is said in the words of a floating IP. */
export function waysBetween({ routers, instances }: Standing): (spec: FloatingIp) => Way {
  const ways = waysOut(routers);
  const near = neighbourhood(routers);
  return (spec) => {
    const target =
      spec.instance === undefined
        ? addressOn(near, spec)
        : ofInstance(must(instances.get(spec.instance), `an instance ${spec.instance}`), spec);
    return { target, router: ways.get(spec.floating_network)?.get(target.subnet.name)?.router };
  };
}

function ofInstance(instance: ResolvedInstance, spec: FloatingIp): FixedIp {
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
      blocks.add(parseBlock(subnet.cidr), subnet);
    }
  }
  return near;
}

/** The address of a machine that is no instance: on the subnet of its network that a router has an interface on. */
function addressOn(near: Neighbourhood, spec: FloatingIp): FixedIp {
  const address = must(spec.fixed_ip_address, 'an address');
  const subnet = near.get(must(spec.network, 'a network'))?.first(parseIp(address));
  return { address, subnet: must(subnet, `a router beside ${address}`) };
}

/** The router between an external network and a subnet, by the names of both. */
type WaysOut = ReadonlyMap<string, ReadonlyMap<string, WayOut>>;

interface WayOut {
  readonly router: Carrier;
  /** It holds the subnet's gateway address. */
  readonly isGateway: boolean;
}

/** As Neutron chooses (`_get_router_for_floatingip`): the router that holds the subnet's gateway address, else the first. */
function waysOut(routers: ReadonlyMap<string, ResolvedRouter>): WaysOut {
  const ways = new Map<string, Map<string, WayOut>>();
  for (const one of routers.values()) {
    const { gateway } = one;
    if (gateway === undefined) continue;
    const router = { ...one, gateway };
    const bySubnet = ways.get(gateway.network) ?? new Map<string, WayOut>();
    ways.set(gateway.network, bySubnet);
    for (const { fixedIp } of router.interfaces) {
      const { name, gatewayIp } = fixedIp.subnet;
      const isGateway = fixedIp.address === gatewayIp;
      const known = bySubnet.get(name);
      if (known === undefined || (isGateway && !known.isGateway)) bySubnet.set(name, { router, isGateway });
    }
  }
  return ways;
}
