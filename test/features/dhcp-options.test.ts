import { expect, test } from 'vitest';
import { compiled } from '../support/compiled.ts';
import { fileText } from '../support/namespace-text.ts';

/**
 * Lines of the options file, the id of the subnet cut off. `subnets` are of one network, whose DHCP address is given.
 */
function options(subnets: string, interfaces = '{}', release = 'zed'): string[] {
  const { graph } = compiled(`
name: t
release: ${release}
physical_networks: { wire: {} }
nodes: { n1: { nics: { eth1: { physical_network: wire } } } }
networks: { lan: { physical_network: wire, dhcp: { fixed_ip_address: 10.0.0.2 }, subnets: ${subnets} } }
routers: { r: { node: n1, interfaces: ${interfaces} } }
`);
  return (fileText(graph, 'opts') ?? '').split('\n').map((line) => line.replace(/^tag:subnet-[0-9a-f-]{36},/, ''));
}

test('without name servers there is no such option: one DHCP server hands out its own address without it', () => {
  expect(options('{ a: { cidr: 10.0.0.0/24 } }', '{ a: {} }')).toEqual([
    'option:classless-static-route,169.254.169.254/32,10.0.0.1,0.0.0.0/0,10.0.0.1',
    '249,169.254.169.254/32,10.0.0.1,0.0.0.0/0,10.0.0.1',
    'option:router,10.0.0.1',
  ]);
});

test('0.0.0.0 means no name server', () => {
  expect(options("{ a: { cidr: 10.0.0.0/24, dns_nameservers: ['0.0.0.0'] } }")[0]).toBe('option:dns-server');
});

test('a subnet without a gateway has an empty router option', () => {
  expect(options('{ a: { cidr: 10.0.0.0/24, gateway_ip: null, dns_nameservers: [8.8.8.8] } }')).toEqual([
    'option:dns-server,8.8.8.8',
    'option:classless-static-route,169.254.169.254/32,10.0.0.2',
    '249,169.254.169.254/32,10.0.0.2',
    'option:router',
  ]);
});

test('a router interface with another address than the gateway leaves the subnet isolated', () => {
  const [routes] = options('{ a: { cidr: 10.0.0.0/24 } }', '{ a: { fixed_ip_address: 10.0.0.9 } }');
  expect(routes).toBe('option:classless-static-route,169.254.169.254/32,10.0.0.2,0.0.0.0/0,10.0.0.1');
});

test('other subnets of the network are on-link, then come the host routes', () => {
  const hostRoutes = 'host_routes: [{ destination: 10.9.0.0/16, nexthop: 10.0.0.9 }]';
  const others = 'b: { cidr: 10.1.0.0/24, enable_dhcp: false }, c: { cidr: 10.2.0.0/24, enable_dhcp: false }';
  const [routes] = options(`{ a: { cidr: 10.0.0.0/24, ${hostRoutes} }, ${others} }`, '{ a: {} }');
  expect(routes).toBe(
    'option:classless-static-route,10.2.0.0/24,0.0.0.0,10.1.0.0/24,0.0.0.0,10.9.0.0/16,10.0.0.9,' +
      '169.254.169.254/32,10.0.0.1,0.0.0.0/0,10.0.0.1',
  );
});

test('two host routes to one destination are both handed out, as Neutron does', () => {
  const hostRoutes =
    'host_routes: [{ destination: 10.9.0.0/16, nexthop: 10.0.0.9 }, { destination: 10.9.0.0/16, nexthop: 10.0.0.8 }]';
  const [routes] = options(`{ a: { cidr: 10.0.0.0/24, gateway_ip: null, ${hostRoutes} } }`);
  expect(routes).toBe(
    'option:classless-static-route,10.9.0.0/16,10.0.0.9,10.9.0.0/16,10.0.0.8,169.254.169.254/32,10.0.0.2',
  );
});

test('in Grizzly a host route to everywhere takes the place of the gateway', () => {
  const subnets = '{ a: { cidr: 10.0.0.0/24, host_routes: [{ destination: 0.0.0.0/0, nexthop: 10.0.0.254 }] } }';
  expect(options(subnets, '{ a: {} }').at(-1)).toBe('option:router,10.0.0.1');
  const grizzly = options(subnets, '{ a: {} }', 'grizzly');
  expect(grizzly.at(-1)).toBe('option:router,10.0.0.254');
  expect(grizzly[0]).toContain('0.0.0.0/0,10.0.0.254');
});
