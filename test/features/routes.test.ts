import { expect, test } from 'vitest';
import { resolveTopology } from '../../src/resolve/resolve.ts';
import { routerRoutes } from '../../src/features/router/routes.ts';
import { defaultRoute } from '../../src/features/default-route.ts';
import { addressOf } from '../../src/model/resource.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { Route } from '../../src/topology/types.gen.ts';
import { validTopology } from '../support/compiled.ts';
import { routeText } from '../support/namespace-text.ts';

const ORIGIN = { path: 'routers.r' };
const PLACE = { node: 'n1', netns: 'qrouter-1', device: 'qg-1' };

const ONE = 'one: { cidr: 192.0.2.0/24, enable_dhcp: false }';

function routesOf(
  routes: readonly Route[],
  {
    first = ONE,
    fixedIps,
    more = '',
  }: { readonly first?: string; readonly fixedIps?: string; readonly more?: string } = {},
): Resource[] {
  const topology = validTopology(`
name: t
physical_networks: { wire: {}, outer: {} }
nodes: { n1: { nics: { eth1: { physical_network: wire }, eth2: { physical_network: outer } } } }
networks:
  lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/24 } } }
  outer:
    physical_network: outer
    external: true
    subnets:
      ${first}
      two: { cidr: 203.0.113.0/24, enable_dhcp: false }
routers:
  r:
    node: n1
    external_gateway: { network: outer, port_id: 00000001-0000-0000-0000-000000000000${fixedIps ? `, fixed_ips: [${fixedIps}]` : ''}${more} }
    interfaces: { lan: { port_id: 00000002-0000-0000-0000-000000000000 } }
`);
  const { resolved } = resolveTopology(topology);
  const router = resolved!.routers.get('r')!;
  const device = (nexthop: string): string => (nexthop.startsWith('10.') ? 'qr-00000002-00' : 'qg-00000001-00');
  const own = routes.map(({ destination, nexthop }) => ({
    destination,
    nexthops: nexthop.split(' ').map((gateway) => ({ gateway, device: device(gateway) })),
    origin: ORIGIN,
  }));
  return [...routerRoutes({ ...router, routes: own })];
}

test('the default route leads to the gateway of the gateway’s subnet; the other subnets are on-link', () => {
  expect(routeText(routesOf([]))).toBe('203.0.113.0/24 dev qg-00000001-00\ndefault via 192.0.2.1 dev qg-00000001-00\n');
});

test('with an address in several subnets the gateway of the last one is used, whatever their order', () => {
  expect(routeText(routesOf([], { fixedIps: '192.0.2.9, 203.0.113.9' }))).toBe(
    'default via 203.0.113.1 dev qg-00000001-00\n',
  );
  expect(routeText(routesOf([], { fixedIps: '203.0.113.9, 192.0.2.9' }))).toBe(
    'default via 192.0.2.1 dev qg-00000001-00\n',
  );
});

test('the file chooses the subnet of the default route, also one in which the gateway has no address', () => {
  const more = ', default_route_subnet: two';
  expect(routeText(routesOf([], { fixedIps: '203.0.113.9, 192.0.2.9', more }))).toBe(
    'default via 203.0.113.1 dev qg-00000001-00\n',
  );
  const onLink = routesOf([], { fixedIps: '192.0.2.9', more });
  expect(routeText(onLink)).toBe('203.0.113.0/24 dev qg-00000001-00\ndefault via 203.0.113.1 dev qg-00000001-00\n');
  expect(onLink[1]!.after).toEqual([addressOf(onLink[0]!)]);
});

test('an on-link route to a gateway outside its subnet stays when the default route leads elsewhere', () => {
  const first = 'one: { cidr: 192.0.2.0/24, gateway_ip: 198.51.100.1, enable_dhcp: false }';
  const more = ', default_route_subnet: two';
  expect(routeText(routesOf([], { first, fixedIps: '203.0.113.9, 192.0.2.9', more }))).toBe(
    '198.51.100.1/32 dev qg-00000001-00\ndefault via 203.0.113.1 dev qg-00000001-00\n',
  );
});

test('the last existing gateway is used: a subnet may have none', () => {
  const first = 'one: { cidr: 192.0.2.0/24, gateway_ip: null, enable_dhcp: false }';
  expect(routeText(routesOf([], { first, fixedIps: '203.0.113.9, 192.0.2.9' }))).toBe(
    'default via 203.0.113.1 dev qg-00000001-00\n',
  );
});

test('each gateway outside its subnet is on the link, used or not', () => {
  const first = 'one: { cidr: 192.0.2.0/24, gateway_ip: 198.51.100.1, enable_dhcp: false }';
  const onLink = '198.51.100.1/32 dev qg-00000001-00\n';
  const fixedIps = '192.0.2.9, 203.0.113.9';
  expect(routeText(routesOf([], { first, fixedIps }))).toBe(`${onLink}default via 203.0.113.1 dev qg-00000001-00\n`);
  const own = [{ destination: '0.0.0.0/0', nexthop: '10.0.0.9' }];
  expect(routeText(routesOf(own, { first, fixedIps }))).toBe(`${onLink}default via 10.0.0.9 dev qr-00000002-00\n`);
});

test('several next hops are one route', () => {
  const [, , own] = routesOf([{ destination: '172.17.0.0/16', nexthop: '10.0.0.98 10.0.0.97' }]);
  expect(routeText([own!])).toBe('172.17.0.0/16 via 10.0.0.98 dev qr-00000002-00 via 10.0.0.97 dev qr-00000002-00\n');
});

test('an own default route of the router replaces that of its gateway', () => {
  const routes = routesOf([{ destination: '0.0.0.0/0', nexthop: '10.0.0.9' }]);
  expect(routeText(routes)).toBe('203.0.113.0/24 dev qg-00000001-00\ndefault via 10.0.0.9 dev qr-00000002-00\n');
});

test('own routes wait for the on-link ones they may need', () => {
  const [onLink, , own] = routesOf([{ destination: '172.16.0.0/16', nexthop: '203.0.113.9' }]);
  expect(own?.after).toEqual([addressOf(onLink!)]);
});

test('a gateway outside its subnet gets a route of its own first', () => {
  const routes = defaultRoute(PLACE, { cidr: '192.0.2.0/24', gatewayIp: '198.51.100.1' }, ORIGIN);
  expect(routeText(routes)).toBe('198.51.100.1/32 dev qg-1\ndefault via 198.51.100.1 dev qg-1\n');
  expect(routes.map(({ spec }) => spec.scope)).toEqual(['link', 'global']);
  expect(routes[1]?.after).toEqual([addressOf(routes[0]!)]);
});

test('no gateway, no default route', () => {
  expect(defaultRoute(PLACE, { cidr: '192.0.2.0/24', gatewayIp: null }, ORIGIN)).toEqual([]);
});
