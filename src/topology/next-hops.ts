import { subnetsOf } from './subnets.ts';
import type { Topology } from './types.gen.ts';

/** Returns the next hops of all routes in the file: of routers, of outside hosts, and for guests. */
export function nextHopsOf(doc: Topology): readonly string[] {
  const routes = [
    ...Object.values(doc.routers ?? {}).flatMap((router) => router.routes ?? []),
    ...Object.values(doc.hosts ?? {}).flatMap((host) => host.routes ?? []),
    ...subnetsOf(doc).flatMap(({ subnet }) => subnet.host_routes ?? []),
  ];
  return routes.map(({ nexthop }) => nexthop);
}
