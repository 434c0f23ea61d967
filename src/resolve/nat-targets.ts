import { parseIp } from '../net/ip.ts';
import { carrierOf } from '../topology/carriers.ts';
import { targetPortOf } from '../topology/floating-ips.ts';
import { subnetsByName } from '../topology/subnets.ts';
import type { FloatingIp, Topology } from '../topology/types.gen.ts';
import type { Drafts } from './drafts.ts';
import { required } from './required.ts';
import type { FixedIp, ResolvedGateway, ResolvedRouter, Placed } from './resolved.ts';

/** A router with a gateway, which translates floating IPs. */
export type NatRouter = ResolvedRouter & { readonly gateway: ResolvedGateway };

/**
 * The target of a floating IP or port forwarding, and the router that translates to it; `undefined`: none connects
 * them.
 */
export interface NatTarget {
  readonly target: FixedIp;
  readonly router: NatRouter | undefined;
}

/** Returns a function that finds the target of a floating IP, or of a port forwarding given as one. */
export function natTargets(
  doc: Topology,
  { networks }: Pick<Drafts, 'networks'>,
  { routers, instances }: Placed,
): (spec: FloatingIp) => NatTarget {
  return (spec) => {
    const { device, port } = required(targetPortOf(doc, spec), 'a target');
    const { instance, fixed_ip_address: given } = spec;
    const target =
      instance === undefined
        ? addressOn(networks, port.network, required(given, 'an address'))
        : ofInstance(instances, { instance, device, given });
    return { target, router: routerTo(doc, routers, spec, target) };
  };
}

function routerTo(
  doc: Topology,
  routers: Placed['routers'],
  spec: FloatingIp,
  { subnet: { name } }: FixedIp,
): NatRouter | undefined {
  const carrier = carrierOf(doc, spec, required(subnetsByName(doc).get(name), `a subnet ${name}`));
  if (carrier === undefined) return undefined;
  const router = required(routers.get(carrier.name), `a router ${carrier.name}`);
  return { ...router, gateway: required(router.gateway, `a gateway of ${carrier.name}`) };
}

/** The given address of an instance's port, or its only one. */
function ofInstance(
  instances: Placed['instances'],
  {
    instance,
    device,
    given,
  }: { readonly instance: string; readonly device: string; readonly given?: string | undefined },
): FixedIp {
  const { ports } = required(instances.get(instance), `an instance ${instance}`);
  const { fixedIps } = required(
    ports.find((port) => port.device === device),
    `a port ${device} of ${instance}`,
  );
  const fixedIp = given === undefined ? fixedIps[0] : fixedIps.find(({ address }) => address === given);
  return required(fixedIp, `an address of ${instance}`);
}

/** An address outside the instances, in the subnet of its network that contains it. */
function addressOn(networks: Drafts['networks'], network: string, address: string): FixedIp {
  const { blocks } = required(networks.get(network), `a network ${network}`);
  const { subnet } = required(blocks.first(parseIp(address)), `a subnet that holds ${address}`);
  return { address, subnet };
}
