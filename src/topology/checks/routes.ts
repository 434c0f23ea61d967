import type { Diagnostic } from '../../model/diagnostic.ts';
import { addressOfCidr, contains, hasHostBits, networkOf, parseBlock } from '../../net/block.ts';
import { parseIp } from '../../net/ip.ts';
import { show } from '../show.ts';
import { subnetsByName, subnetsOf } from '../subnets.ts';
import type { Subnets } from '../subnets.ts';
import type { Route, Router } from '../types.gen.ts';
import type { At, CheckContext } from './context.ts';
import { addressUses } from './facts/address-uses.ts';
import { subnetPath, subnetsOfRouter } from './facts/subnets.ts';
import { reservedAddress } from './reserved.ts';

const NEXTHOP_HINT = 'a next hop must be in a directly connected network';

/** Checks routes of routers and of outside hosts, and the host routes of subnets. */
export function checkRoutes(t: CheckContext): Diagnostic[] {
  const subnets = subnetsByName(t.doc);
  const routers = Object.entries(t.doc.routers ?? {});
  return [
    ...routers.flatMap(([name, router]) => checkNexthops(t, name, router, subnets)),
    ...checkHostNexthops(t),
    ...checkDestinations(t),
    ...checkDefaultRoutes(t),
  ];
}

function checkNexthops(t: CheckContext, name: string, router: Router, subnets: Subnets): Diagnostic[] {
  if (router.routes === undefined || router.routes.length === 0) return [];
  const { outside, inside } = subnetsOfRouter(t.doc, router);
  const ranges = [...outside, ...inside].map(({ place }) => place.block);
  // A malformed network or an unknown subnet might hold the next hop.
  const unsure = !t.whole('networks') || Object.keys(router.interfaces ?? {}).some((subnet) => !subnets.has(subnet));
  const own = addressUses(t.doc).filter(({ at }) => at.path[0] === 'routers' && at.path[1] === name);
  return router.routes.flatMap((route, index) => {
    const at: At = { path: ['routers', name, 'routes', index, 'nexthop'] };
    const self = own.find(({ ip }) => ip === route.nexthop);
    if (self !== undefined) {
      const related = [{ message: self.what, at: self.at }];
      return [t.report('NL413', at, `next hop ${route.nexthop} is the router itself`, { related })];
    }
    const reachable = ranges.some((range) => contains(range, parseIp(route.nexthop)));
    if (reachable || unsure) return [];
    const summary = `next hop ${route.nexthop} is in none of the router's subnets`;
    return [t.report('NL413', at, summary, { hint: NEXTHOP_HINT })];
  });
}

function checkHostNexthops(t: CheckContext): Diagnostic[] {
  return Object.entries(t.doc.hosts ?? {}).flatMap(([name, host]) => {
    const ranges = Object.values(host.nics ?? {}).flatMap((nic) =>
      (nic.addresses ?? []).map((address) => parseBlock(address)),
    );
    return (host.routes ?? []).flatMap((route, index) => {
      if (ranges.some((range) => contains(range, parseIp(route.nexthop)))) return [];
      const at: At = { path: ['hosts', name, 'routes', index, 'nexthop'] };
      const summary = `next hop ${route.nexthop} is in none of the networks of ${show(name)}`;
      return [t.report('NL413', at, summary, { hint: NEXTHOP_HINT })];
    });
  });
}

/** The gateway takes precedence over a host route to everywhere. In Grizzly it is the other way round. */
function checkDefaultRoutes(t: CheckContext): Diagnostic[] {
  if (t.doc.release === 'grizzly') return [];
  return subnetsOf(t.doc).flatMap((place) => {
    const { gateway, subnet } = place;
    if (gateway === undefined) return [];
    return (subnet.host_routes ?? []).flatMap(({ destination, nexthop }, index) => {
      if (destination !== '0.0.0.0/0' || nexthop === gateway) return [];
      const at: At = { path: [...subnetPath(place), 'host_routes', index] };
      const related = [{ message: 'the gateway', at: { path: [...subnetPath(place), 'gateway_ip'] } }];
      const summary = `guests use the gateway ${gateway}, so the host route to 0.0.0.0/0 has no effect`;
      const hint = `write gateway_ip: ${nexthop}, or remove the route`;
      return [t.report('NL631', at, summary, { related, hint, severity: 'warning' })];
    });
  });
}

/** A destination has no host bits and is in a table once; on a router it may be there with several next hops. */
function checkDestinations(t: CheckContext): Diagnostic[] {
  const tables: { routes: readonly Route[]; path: (string | number)[] }[] = [];
  for (const [name, { routes }] of Object.entries(t.doc.routers ?? {})) {
    tables.push({ routes: routes ?? [], path: ['routers', name, 'routes'] });
  }
  for (const [name, { routes }] of Object.entries(t.doc.hosts ?? {})) {
    tables.push({ routes: routes ?? [], path: ['hosts', name, 'routes'] });
  }
  for (const place of subnetsOf(t.doc)) {
    tables.push({ routes: place.subnet.host_routes ?? [], path: [...subnetPath(place), 'host_routes'] });
  }
  return tables.flatMap(({ routes, path }) =>
    routes.flatMap((route, index) => checkDestination(t, routes, index, route, path)),
  );
}

function checkDestination(
  t: CheckContext,
  routes: readonly Route[],
  index: number,
  { destination, nexthop }: Route,
  path: readonly (string | number)[],
): Diagnostic[] {
  const at: At = { path: [...path, index, 'destination'] };
  if (hasHostBits(destination)) {
    const hint = `write ${networkOf(destination)}`;
    return [t.report('NL401', at, `${destination} has host bits set`, { hint })];
  }
  const special = reservedAddress(parseIp(addressOfCidr(destination)));
  if (special !== undefined && destination !== '0.0.0.0/0') {
    return [t.report('NL415', at, `${destination} is ${special}`)];
  }
  // A router shares the load between several next hops of one destination, as Neutron's does; other hosts use one.
  const shares = path[0] === 'routers';
  const first = routes
    .slice(0, index)
    .findIndex((before) => before.destination === destination && (!shares || before.nexthop === nexthop));
  if (first < 0) return [];
  const related = [{ message: 'the other route', at: { path: [...path, first, 'destination'] } }];
  return [t.report('NL416', at, `there is a route to ${destination} already`, { related })];
}
