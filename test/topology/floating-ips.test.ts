import { expect, test } from 'vitest';
import { compileTopology } from '../../src/compile/compile.ts';
import { routerOf, targetPortOf } from '../../src/topology/floating-ips.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { subnetsByName } from '../../src/topology/subnets.ts';
import { BASE, edited } from './support.ts';

const doc = loadTopology(BASE, 'base.yaml').topology!.doc;

test('the target of a floating IP is the only port of its instance, on the router between', () => {
  const floatingIp = doc.floating_ips!['fip1']!;
  expect(targetPortOf(doc, floatingIp)?.device).toBe('eth0');
  expect(routerOf(doc, floatingIp)?.name).toBe('r1');
  expect(routerOf(doc, { ...floatingIp, floating_network: 'lan' })).toBeUndefined();
  expect(targetPortOf(doc, { ...floatingIp, port: 'eth9' })).toBeUndefined();
  expect(targetPortOf(doc, { ...floatingIp, port: 'toString' })).toBeUndefined();
  expect(subnetsByName(doc).get('lan-subnet')?.networkName).toBe('lan');
});

test('the router is the first of the file on the subnet of the address', () => {
  const port = { network: 'lan', fixed_ip_address: '10.0.2.9' };
  const gateway = { network: 'public' };
  const two = {
    ...doc,
    networks: {
      ...doc.networks,
      lan: { physical_network: 'inner', subnets: { a: { cidr: '10.0.1.0/24' }, b: { cidr: '10.0.2.0/24' } } },
    },
    routers: {
      onA: { node: 'net1', external_gateway: gateway, interfaces: { a: {} } },
      elsewhere: { node: 'net1', external_gateway: { network: 'other' }, interfaces: { b: {} } },
      onB: { node: 'net1', external_gateway: gateway, interfaces: { b: {} } },
      later: { node: 'net1', external_gateway: gateway, interfaces: { b: {} } },
    },
  };
  expect(routerOf(two, { floating_network: 'public', ...port })?.name).toBe('onB');
  expect(routerOf(two, { floating_network: 'public', ...port, fixed_ip_address: '10.0.1.9' })?.name).toBe('onA');
  expect(routerOf(two, { floating_network: 'public', ...port, fixed_ip_address: '10.0.3.9' })).toBeUndefined();
});

/** Port forwardings to two subnets on a router. An earlier router of the file also has the first subnet. */
function besideGateway(forwardings: string): string {
  return `
name: demo
physical_networks: { inner: {}, outer: {} }
nodes: { n1: { reach: { via: lab }, nics: { eth0: { physical_network: inner }, eth1: { physical_network: outer } } } }
networks:
  lan:
    physical_network: inner
    subnets: { a: { cidr: 10.0.0.0/24, enable_dhcp: false }, b: { cidr: 10.0.1.0/24, enable_dhcp: false } }
  ext: { physical_network: outer, external: true, subnets: { out: { cidr: 203.0.113.0/24, enable_dhcp: false } } }
routers:
  side: { node: n1, external_gateway: { network: ext }, interfaces: { a: { fixed_ip_address: 10.0.0.9 } } }
  main: { node: n1, external_gateway: { network: ext }, interfaces: { a: {}, b: {} } }
  other: { node: n1, external_gateway: { network: ext }, interfaces: { b: { fixed_ip_address: 10.0.1.9 } } }
instances:
  onA: { node: n1, ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.20 } } }
  onB: { node: n1, ports: { eth0: { network: lan, fixed_ip_address: 10.0.1.20 } } }
  somewhere: { node: n1, ports: { eth0: { network: lan } } }
floating_ips:
  f: { floating_network: ext, port_forwardings: [${forwardings}] }
`;
}

test('a router with the gateway address takes precedence over the first of the file, also in the compiler', () => {
  const { topology, diagnostics } = loadTopology(
    besideGateway(`
    { protocol: tcp, external_port: 1, internal_port: 1, instance: onA },
    { protocol: tcp, external_port: 2, internal_port: 1, instance: onB }`),
    't.yaml',
  );
  expect(diagnostics).toEqual([]);
  const { resolved } = compileTopology(topology!);
  expect(resolved?.forwardedIps).toMatchObject([{ router: 'main', forwardings: [{}, {}] }]);
});

test('a floating IP is on the router that it names', () => {
  const forwardings = '{ protocol: tcp, external_port: 1, internal_port: 1, instance: onA }';
  const named = (router: string): string =>
    besideGateway(forwardings).replace('port_forwardings:', `router: ${router}, port_forwardings:`);
  const { topology, diagnostics } = loadTopology(named('side'), 't.yaml');
  expect(diagnostics).toEqual([]);
  expect(compileTopology(topology!).resolved?.forwardedIps).toMatchObject([{ router: 'side' }]);
  const [wrong] = loadTopology(named('other'), 't.yaml').diagnostics;
  expect(wrong).toMatchObject({
    code: 'NL681',
    summary: 'router "other" does not connect "ext" with the target of a port forwarding of floating IP "f"',
    related: [{ message: 'router other has no interface on a' }],
    hint: 'write `router: side` or `router: main`',
  });
});

test('of two networks that hold the address of a port forwarding, the one of the named router is meant', () => {
  const text = besideGateway('{ protocol: tcp, external_port: 1, internal_port: 1, internal_ip_address: 10.0.0.77 }')
    .replace('port_forwardings:', 'router: twin, port_forwardings:')
    .replace(
      '  ext: {',
      '  lan2: { physical_network: third, subnets: { c: { cidr: 10.0.0.0/24, enable_dhcp: false } } }\n  ext: {',
    )
    .replace('outer: {} }', 'outer: {}, third: {} }')
    .replace('eth1: {', 'eth2: { physical_network: third }, eth1: {')
    .replace(
      'instances:',
      '  twin: { node: n1, external_gateway: { network: ext }, interfaces: { c: {} } }\ninstances:',
    );
  const { topology, diagnostics } = loadTopology(text, 't.yaml');
  expect(diagnostics).toEqual([]);
  expect(compileTopology(topology!).resolved?.forwardedIps).toMatchObject([{ router: 'twin' }]);
});

test('the error of a derived address behind another router names the router of the file', () => {
  const text = besideGateway('').replace('port_forwardings: []', 'instance: somewhere, router: other');
  const { topology, diagnostics } = loadTopology(text, 't.yaml');
  expect(diagnostics).toEqual([]);
  expect(compileTopology(topology!).diagnostics).toMatchObject([
    { code: 'NLC04', summary: expect.stringContaining('router other does not connect ext with 10.0.0.') as string },
  ]);
});

test('the compiler allocates a derived address and then finds its router', () => {
  const text = besideGateway(`
    { protocol: tcp, external_port: 1, internal_port: 1, instance: somewhere },
    { protocol: tcp, external_port: 2, internal_port: 1, instance: onB }`)
    .replace(
      'main: { node: n1, external_gateway: { network: ext }, interfaces: { a: {}, b: {} } }',
      'main: { node: n1, external_gateway: { network: ext }, interfaces: { b: {} } }',
    )
    .replace(
      '10.0.0.0/24, enable_dhcp: false',
      '10.0.0.0/24, enable_dhcp: false, allocation_pools: [{ start: 10.0.0.20, end: 10.0.0.20 }]',
    );
  const { topology, diagnostics } = loadTopology(text, 't.yaml');
  expect(diagnostics).toEqual([]);
  // The only address of the first subnet's pool is taken.
  expect(compileTopology(topology!).resolved?.forwardedIps).toMatchObject([{ router: 'main' }]);
});

/**
 * The base with two addresses of its instance's port, of two subnets with a router each, and a floating IP for one or
 * both of them.
 */
function two(floatingIps: string): string {
  return edited(
    ['fixed_ip_address: 10.0.0.11,', 'fixed_ips: [10.0.0.11, 10.5.0.11],'],
    ['  ext:\n    physical', '      second: { cidr: 10.5.0.0/24 }\n  ext:\n    physical'],
    ['instances:', '  r2: { node: net1, external_gateway: { network: ext }, interfaces: { second: {} } }\ninstances:'],
    ['  fip1: { floating_network: ext, floating_ip_address: 192.0.2.11, instance: vm1 }\n', floatingIps],
    [', seen_as: 192.0.2.11', ''],
  );
}

test('each of several addresses of a port can have its own floating IP on its own router', () => {
  const ip = (name: string, fixed: string): string =>
    `  ${name}: { floating_network: ext, instance: vm1, fixed_ip_address: ${fixed} }\n`;
  const { topology, diagnostics } = loadTopology(two(ip('one', '10.0.0.11') + ip('two', '10.5.0.11')), 'two.yaml');
  expect(diagnostics).toEqual([]);
  const routers = Object.values(topology!.doc.floating_ips!).map((spec) => routerOf(topology!.doc, spec)?.name);
  expect(routers).toEqual(['r1', 'r2']);
});

test('the hint lists the addresses of a port if the floating IP names none of several', () => {
  const [found] = loadTopology(two('  one: { floating_network: ext, instance: vm1 }\n'), 'two.yaml').diagnostics;
  expect(found?.code).toBe('NL418');
  expect(found?.hint).toBe('add `fixed_ip_address:` with one of: 10.0.0.11, 10.5.0.11');
});
