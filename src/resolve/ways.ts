import { parseIp } from '../net/ip.ts';
import { carrierOf } from '../topology/carriers.ts';
import { targetPortOf } from '../topology/floating-ips.ts';
import { subnetsByName } from '../topology/subnets.ts';
import type { FloatingIp, Topology } from '../topology/types.gen.ts';
import type { Drafts } from './drafts.ts';
import { must } from './must.ts';
import type { FixedIp, ResolvedGateway, ResolvedRouter, Standing } from './resolved.ts';

/** A router with a gateway. */
export type Carrier = ResolvedRouter & { readonly gateway: ResolvedGateway };

/** What a floating IP or a port forwarding leads to, and who carries it out: nobody where no router is between. */
export interface Way {
  readonly target: FixedIp;
  readonly router: Carrier | undefined;
}

/** Tells the way of anything that is said in the words of a floating IP. */
export function waysBetween(
  doc: Topology,
  { networks }: Pick<Drafts, 'networks'>,
  { routers, instances }: Standing,
): (spec: FloatingIp) => Way {
  return (spec) => {
    const { device, port } = must(targetPortOf(doc, spec), 'a target');
    const { instance, fixed_ip_address: given } = spec;
    const target =
      instance === undefined
        ? addressOn(networks, port.network, must(given, 'an address'))
        : ofInstance(instances, { instance, device, given });
    return { target, router: routerTo(doc, routers, spec.floating_network, target) };
  };
}

function routerTo(
  doc: Topology,
  routers: Standing['routers'],
  external: string,
  { subnet: { name } }: FixedIp,
): Carrier | undefined {
  const carrier = carrierOf(doc, external, must(subnetsByName(doc).get(name), `a subnet ${name}`));
  if (carrier === undefined) return undefined;
  const router = must(routers.get(carrier.name), `a router ${carrier.name}`);
  return { ...router, gateway: must(router.gateway, `a gateway of ${carrier.name}`) };
}

/** The address of an instance's port that is meant: the given one, else its only one. */
function ofInstance(
  instances: Standing['instances'],
  {
    instance,
    device,
    given,
  }: { readonly instance: string; readonly device: string; readonly given?: string | undefined },
): FixedIp {
  const { ports } = must(instances.get(instance), `an instance ${instance}`);
  const { fixedIps } = must(
    ports.find((port) => port.device === device),
    `a port ${device} of ${instance}`,
  );
  const fixedIp = given === undefined ? fixedIps[0] : fixedIps.find(({ address }) => address === given);
  return must(fixedIp, `an address of ${instance}`);
}

/** The address of a machine that is no instance, on the subnet of its network that holds it. */
function addressOn(networks: Drafts['networks'], network: string, address: string): FixedIp {
  const { blocks } = must(networks.get(network), `a network ${network}`);
  const { subnet } = must(blocks.first(parseIp(address)), `a subnet that holds ${address}`);
  return { address, subnet };
}
