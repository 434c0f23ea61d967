import type { Diagnostic } from '../../model/diagnostic.ts';
import { withHostLength } from '../../net/address-text.ts';
import { contains, networkOf } from '../../net/block.ts';
import { parseIp } from '../../net/ip.ts';
import { usesNamespaces } from '../defaults.ts';
import { outsideSubnets } from '../outside.ts';
import { addressesOf } from '../port-addresses.ts';
import { show } from '../show.ts';
import { subnetsOf } from '../subnets.ts';
import type { LocatedSubnet } from '../subnets.ts';
import type { Route, Router, Topology } from '../types.gen.ts';
import type { At, CheckContext } from './context.ts';
import { subnetPath, subnetsOfRouter } from './facts/subnets.ts';

/**
 * Checks that no route leads elsewhere with what is connected: the kernel keeps one route to a network, so such a route
 * is refused, or takes the place of the connected one, as the order of the commands will have it.
 */
export function checkConnectedRoutes(t: CheckContext): Diagnostic[] {
  return [
    ...Object.entries(t.doc.routers ?? {}).flatMap(([name, router]) => [
      ...ofTable(t, ['routers', name, 'routes'], router.routes, connectedTo(t.doc, name, router)),
      ...checkGatewayRoutes(t, name, router),
    ]),
    ...Object.entries(t.doc.hosts ?? {}).flatMap(([name, { nics, routes }]) =>
      ofTable(t, ['hosts', name, 'routes'], routes, connectedToNics(['hosts', name], nics)),
    ),
    ...subnetsOf(t.doc).flatMap((place) => checkGuests(t, place)),
  ];
}

/** A network that a routing table has a connected route to. */
interface Connected {
  readonly cidr: string;
  readonly what: string;
  readonly at: At;
}

function ofTable(
  t: CheckContext,
  path: readonly string[],
  routes: readonly Route[] = [],
  connected: readonly Connected[],
): Diagnostic[] {
  return routes.flatMap(({ destination, nexthop }, index) => {
    const own = connected.find(({ cidr }) => cidr === destination);
    if (own === undefined) return [];
    const related = [{ message: own.what, at: own.at }];
    const summary = `${destination} is directly connected, and the route would lead to it through ${nexthop}`;
    const hint = 'remove the route, or make it one to a part of the network';
    return [t.report('NL652', { path: [...path, index, 'destination'] }, summary, { related, hint })];
  });
}

function connectedTo(doc: Topology, name: string, router: Router): readonly Connected[] {
  const { external_gateway: gateway } = router;
  const { inside } = subnetsOfRouter(doc, router);
  const node = doc.nodes?.[router.node];
  return [
    ...inside.map(({ place, key }): Connected => {
      return { cidr: place.subnet.cidr, what: 'its interface', at: { path: ['routers', name, ...key], part: 'key' } };
    }),
    ...outsideSubnets(doc, router).own.map((place): Connected => {
      return { cidr: place.subnet.cidr, what: 'its gateway', at: gatewayAt(name, gateway, place) };
    }),
    // Such a router is in the node's own namespace, beside the node's own addresses.
    ...(usesNamespaces(node) ? [] : connectedToNics(['nodes', router.node], node?.nics)),
  ];
}

function gatewayAt(name: string, gateway: Router['external_gateway'], { block }: LocatedSubnet): At {
  const path = ['routers', name, 'external_gateway'];
  const index = gateway === undefined ? -1 : addressesOf(gateway).findIndex((ip) => contains(block, parseIp(ip)));
  if (index < 0) return { path: [...path, 'network'] };
  return gateway?.fixed_ips === undefined
    ? { path: [...path, 'fixed_ip_address'] }
    : { path: [...path, 'fixed_ips', index] };
}

function connectedToNics(
  path: readonly string[],
  nics: Readonly<Record<string, { readonly addresses?: readonly string[] }>> = {},
): readonly Connected[] {
  return Object.entries(nics).flatMap(([device, { addresses = [] }]) =>
    addresses.map((address, index): Connected => {
      const at: At = { path: [...path, 'nics', device, 'addresses', index] };
      return { cidr: networkOf(address), what: `an address of ${device}`, at };
    }),
  );
}

/**
 * A gateway outside its subnet is on the external network: no route leads to it through another host, and no interface
 * is in its network.
 */
function checkGatewayRoutes(t: CheckContext, name: string, router: Router): Diagnostic[] {
  const { routes = [] } = router;
  const { inside } = subnetsOfRouter(t.doc, router);
  const { own, onLink } = outsideSubnets(t.doc, router);
  const named = onLink.filter((place) => place.name === router.external_gateway?.default_route_subnet);
  return [...own, ...named].flatMap((place) => {
    const { gateway, block } = place;
    if (gateway === undefined || contains(block, parseIp(gateway))) return [];
    const related = [{ message: `the gateway of ${show(place.name)}`, at: gatewayIpAt(place) }];
    const found: Diagnostic[] = [];
    const index = routes.findIndex(({ destination }) => destination === withHostLength(gateway));
    if (index >= 0) {
      const at: At = { path: ['routers', name, 'routes', index, 'destination'] };
      const summary = `${gateway} is a gateway on the external network, and the route would lead elsewhere`;
      found.push(t.report('NL652', at, summary, { related, hint: 'remove the route, or change gateway_ip' }));
    }
    const other = inside.find((one) => contains(one.place.block, parseIp(gateway)));
    if (other !== undefined) {
      const at: At = { path: ['routers', name, ...other.key], part: 'key' };
      const summary =
        `${other.place.subnet.cidr} holds ${gateway}, which is a gateway on the external network ` +
        `of router ${show(name)}`;
      found.push(t.report('NL653', at, summary, { related, hint: 'give one of the two another address' }));
    }
    return found;
  });
}

function gatewayIpAt(place: LocatedSubnet): At {
  return { path: [...subnetPath(place), 'gateway_ip'] };
}

/** Guests are connected to their subnet. What they do with a route to it is their own affair, so this is a warning. */
function checkGuests(t: CheckContext, place: LocatedSubnet): Diagnostic[] {
  return (place.subnet.host_routes ?? []).flatMap(({ destination, nexthop }, index) => {
    if (destination !== place.subnet.cidr) return [];
    const at: At = { path: [...subnetPath(place), 'host_routes', index, 'destination'] };
    const related = [{ message: 'the subnet', at: { path: [...subnetPath(place), 'cidr'] } }];
    const summary = `guests are connected to ${destination}; with a route to it they may send all of it to ${nexthop}`;
    return [t.report('NL654', at, summary, { related, hint: 'remove the route', severity: 'warning' })];
  });
}
