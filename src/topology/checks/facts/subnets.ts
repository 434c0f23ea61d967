import { subnetsByName, subnetsIn } from '../../subnets.ts';
import type { LocatedSubnet } from '../../subnets.ts';
import type { Router, Topology } from '../../types.gen.ts';

/** The path of a subnet in the document. */
export function subnetPath(place: LocatedSubnet): string[] {
  return ['networks', place.networkName, 'subnets', place.name];
}

/** A subnet, and the key of a router that gives the router a port there. */
export interface RouterSubnet {
  readonly place: LocatedSubnet;
  readonly key: readonly string[];
}

/** The subnets of a router: all of its external network, and those of its interfaces. */
export function subnetsOfRouter(
  doc: Topology,
  router: Router,
): { readonly outside: readonly RouterSubnet[]; readonly inside: readonly RouterSubnet[] } {
  const subnets = subnetsByName(doc);
  const inside: RouterSubnet[] = [];
  for (const name of Object.keys(router.interfaces ?? {})) {
    const place = subnets.get(name);
    if (place !== undefined) inside.push({ place, key: ['interfaces', name] });
  }
  const { places } = subnetsIn(doc, router.external_gateway?.network);
  return { outside: places.map((place) => ({ place, key: ['external_gateway', 'network'] })), inside };
}
