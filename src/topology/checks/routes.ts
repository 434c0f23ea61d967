import type { Diagnostic } from '../../model/diagnostic.ts';
import { hasHostBits, networkOf, parseBlock } from '../../net/block.ts';
import { subnetsOf } from '../subnets.ts';
import type { Route } from '../types.gen.ts';
import type { At, CheckContext } from './context.ts';
import { subnetPath } from './facts/subnets.ts';
import { reservedWhole } from './reserved.ts';

/** Checks the destinations in the routing tables of routers and of outside hosts, and in the host routes of subnets. */
export function checkRoutes(t: CheckContext): Diagnostic[] {
  return [...checkDestinations(t), ...checkDefaultRoutes(t)];
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

/**
 * A destination has no host bits. It is in a table once with each next hop, as in Neutron (`validate_hostroutes`); in
 * the table of an outside host once.
 */
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
  const special = reservedWhole(parseBlock(destination));
  if (special !== undefined) {
    return [t.report('NL415', at, `${destination} is ${special}`)];
  }
  // A router shares the load between several next hops, as Neutron's does. Guests get all of them from DHCP.
  const shares = path[0] !== 'hosts';
  const first = routes
    .slice(0, index)
    .findIndex((before) => before.destination === destination && (!shares || before.nexthop === nexthop));
  if (first < 0) return [];
  const related = [{ message: 'the other route', at: { path: [...path, first, 'destination'] } }];
  return [t.report('NL416', at, `there is a route to ${destination} already`, { related })];
}
