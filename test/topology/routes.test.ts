import { expect, test } from 'vitest';
import { loadTopology } from '../../src/topology/load.ts';
import { resolveTopology } from '../../src/resolve/resolve.ts';
import { compiled, validTopology } from '../support/compiled.ts';
import { routeText } from '../support/namespace-text.ts';
import { kindWord } from '../../src/model/resource.ts';
import { edited } from './support.ts';

/** A router on two external subnets and on one inside. */
function twoOutside({
  gateway = ', fixed_ip_address: 203.0.113.9',
  first = '203.0.113.0/24',
  second = '198.51.100.0/24',
  routes = '',
}: {
  readonly gateway?: string;
  readonly first?: string;
  readonly second?: string;
  readonly routes?: string;
}): string {
  return `
name: t
physical_networks: { wire: {}, outer: {} }
nodes: { n1: { nics: { eth1: { physical_network: wire }, eth2: { physical_network: outer } } } }
networks:
  lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/24, enable_dhcp: false } } }
  outer:
    physical_network: outer
    external: true
    subnets:
      one: { cidr: ${first}, enable_dhcp: false }
      two: { cidr: ${second}, enable_dhcp: false }
routers:
  r:
    node: n1
    external_gateway: { network: outer, port_id: 00000001-0000-0000-0000-000000000000${gateway} }
    interfaces: { lan: { port_id: 00000002-0000-0000-0000-000000000000 } }
    routes: [${routes}]
`;
}

function routes(text: string): string {
  const resources = [...compiled(text).graph.resources.values()];
  return routeText(resources.filter(({ kind }) => kindWord(kind) === 'route'));
}

test('a route to another subnet of the gateway’s network replaces its on-link route', () => {
  const route = '{ destination: 198.51.100.0/24, nexthop: 10.0.0.9 }';
  expect(routes(twoOutside({ routes: route }))).toBe(
    '198.51.100.0/24 via 10.0.0.9 dev qr-00000002-00\ndefault via 203.0.113.1 dev qg-00000001-00\n',
  );
});

test('a derived address of the gateway is in no subnet that a route leads to', () => {
  // The lower range would be the first choice.
  const route = '{ destination: 198.51.100.0/24, nexthop: 10.0.0.9 }';
  const { resolved } = compiled(twoOutside({ gateway: '', routes: route }));
  expect(resolved.routers.get('r')?.gateway?.fixedIps.map(({ subnet }) => subnet.name)).toEqual(['one']);
});

test('a derived address is no next hop, unless no other is left', () => {
  const pool = (end: string): string =>
    `203.0.113.0/24, allocation_pools: [{ start: 203.0.113.7, end: 203.0.113.${end} }]`;
  const second = '198.51.100.0/24, allocation_pools: [{ start: 198.51.100.7, end: 198.51.100.7 }]';
  const own =
    '{ destination: 198.51.100.0/24, nexthop: 10.0.0.9 }, { destination: 172.16.0.0/12, nexthop: 203.0.113.7 }';
  const { resolved } = compiled(twoOutside({ gateway: '', first: pool('8'), second, routes: own }));
  expect(resolved.routers.get('r')?.gateway?.fixedIp.address).toBe('203.0.113.8');
  const topology = validTopology(twoOutside({ gateway: '', first: pool('7'), second, routes: own }));
  expect(resolveTopology(topology).diagnostics.map(({ code }) => code)).toEqual(['NLC09']);
});

test('a gateway outside its subnet may be the one host of another subnet', () => {
  const first = '203.0.113.0/24, gateway_ip: 192.0.2.7';
  const second = '192.0.2.7/32, gateway_ip: null';
  expect(routes(twoOutside({ first, second }))).toBe(
    '192.0.2.7/32 dev qg-00000001-00\ndefault via 192.0.2.7 dev qg-00000001-00\n',
  );
});

test('the link to a router may be a /31, and its upper address is the gateway', () => {
  const text = twoOutside({ first: '203.0.113.8/31', gateway: '', second: '203.0.114.0/24' });
  const { resolved } = compiled(text);
  expect(resolved.routers.get('r')?.gateway?.fixedIp.address).toBe('203.0.113.8');
  expect(routes(text)).toContain('default via 203.0.113.9 dev qg-00000001-00\n');
});

test.each([
  ['halves of everywhere', '0.0.0.0/1, nexthop: 10.0.0.8 }, { destination: 128.0.0.0/1'],
  ['a part of a connected network', '10.0.0.128/25'],
  ['a network around a connected one', '10.0.0.0/8'],
  ['the router of the next hop', '10.0.0.8/32'],
])('a route may lead to %s', (_what, destination) => {
  const text = edited(['destination: 10.8.0.0/16', `destination: ${destination}`]);
  expect(loadTopology(text, 'topology.yaml').diagnostics).toEqual([]);
});
