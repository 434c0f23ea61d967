import { contains } from '../net/block.ts';
import { parseIp } from '../net/ip.ts';
import { addressesOf } from './port-addresses.ts';
import { subnetsIn } from './subnets.ts';
import type { LocatedSubnet } from './subnets.ts';
import type { Router, Topology } from './types.gen.ts';

/** The subnets of a router's external network, by how the router reaches them. */
export interface OutsideSubnets {
  /** The gateway has an address in each of them, or gets its derived address in one of them. */
  readonly own: readonly LocatedSubnet[];
  /** The gateway has no address there; the subnet is on-link. */
  readonly onLink: readonly LocatedSubnet[];
  /** A route of the router leads there, instead of its on-link route: Neutron's agent sets the routes last. */
  readonly routed: readonly LocatedSubnet[];
}

/**
 * Returns the subnets of a router's external network. A derived address of the gateway is in no subnet that a route
 * leads to, unless routes lead to all of them, which the checks refuse.
 */
export function outsideSubnets(doc: Topology, { external_gateway: gateway, routes = [] }: Router): OutsideSubnets {
  if (gateway === undefined) return { own: [], onLink: [], routed: [] };
  const { places } = subnetsIn(doc, gateway.network);
  const destinations = new Set(routes.map(({ destination }) => destination));
  const given = addressesOf(gateway).map(parseIp);
  const others = places.filter(({ block }) => !given.some((ip) => contains(block, ip)));
  const routed = others.filter(({ subnet }) => destinations.has(subnet.cidr));
  const onLink = others.filter((place) => !routed.includes(place));
  if (given.length > 0) return { own: places.filter((place) => !others.includes(place)), onLink, routed };
  return onLink.length === 0 ? { own: routed, onLink: [], routed: [] } : { own: onLink, onLink: [], routed };
}
