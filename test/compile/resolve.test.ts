import { describe, expect, test } from 'vitest';
import { assignMacs } from '../../src/resolve/macs.ts';
import { deriveId } from '../../src/resolve/ids.ts';
import { deviceName } from '../../src/resolve/names.ts';
import { resolveTopology } from '../../src/resolve/resolve.ts';
import type { ResolvedTopology } from '../../src/resolve/resolved.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { validTopology } from '../support/compiled.ts';

const BASE = `
name: t
physical_networks: { wire: { mtu: 1450 }, outer: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: wire }, eth2: { physical_network: outer } } }
hosts:
  outside: { nics: { eth0: { physical_network: outer, addresses: [203.0.113.2/24] } } }
`;

function resolve(text: string): ResolvedTopology {
  const { resolved, diagnostics } = resolveTopology(validTopology(BASE + text));
  expect(diagnostics).toEqual([]);
  return resolved!;
}

function refused(text: string): Diagnostic {
  const { resolved, diagnostics } = resolveTopology(validTopology(BASE + text));
  expect(resolved).toBeUndefined();
  expect(diagnostics).toHaveLength(1);
  return diagnostics[0]!;
}

describe('ids and names', () => {
  test('an id is always the UUIDv5 of the names on its path', () => {
    expect(deriveId('t', ['networks', 'lan'])).toBe(deriveId('t', ['networks', 'lan']));
    expect(deriveId('t', ['networks', 'lan'])).not.toBe(deriveId('u', ['networks', 'lan']));
    // Another value here changes the id of every derived object of every user.
    expect(deriveId('t', ['networks', 'lan'])).toMatchInlineSnapshot(`"2d658dc9-3bf9-54a0-a816-d738a736c156"`);
  });

  test('a device name is cut to 14 characters', () => {
    expect(deviceName('qr-', '28299cf0-8200-0000-0000-000000000000')).toBe('qr-28299cf0-82');
  });

  test('an origin is a path and the range of its key', () => {
    const { networks } = resolve(
      'networks: { lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/24 } } } }',
    );
    const origin = networks.get('lan')?.subnets[0]?.origin;
    expect(origin?.path).toBe('networks.lan.subnets.lan');
    expect(origin?.range?.start).toMatchObject({ line: 8, column: 55 });
  });
});

describe('MACs', () => {
  test('a taken MAC is replaced by the next free one', () => {
    const [first] = assignMacs([{ id: 'a', mac: undefined }], [], new Map()).values();
    const [second] = assignMacs([{ id: 'a', mac: undefined }], [first!], new Map()).values();
    const last = (mac: string): number => parseInt(mac.slice(-2), 16);
    expect(last(second!)).toBe((last(first!) + 1) % 256);
  });

  test('a held MAC is kept, also against the hash of another port, but not against a given one', () => {
    const [drawn] = assignMacs([{ id: 'a', mac: undefined }], [], new Map()).values();
    const held = new Map([['b', { mac: drawn!, addresses: [] }]]);
    const [a, b] = [
      { id: 'a', mac: undefined },
      { id: 'b', mac: undefined },
    ];
    expect(assignMacs([a, b], [], held).get('b')).toBe(drawn);
    expect(assignMacs([{ id: 'a', mac: drawn! }, b], [], held).get('b')).not.toBe(drawn);
  });

  test('given MACs come first, wherever they are in the file', () => {
    const [drawn] = assignMacs([{ id: 'a', mac: undefined }], [], new Map()).values();
    const macs = assignMacs(
      [
        { id: 'a', mac: undefined },
        { id: 'b', mac: drawn! },
      ],
      [],
      new Map(),
    );
    expect(macs.get('b')).toBe(drawn);
    expect(macs.get('a')).not.toBe(drawn);
  });
});

describe('addresses', () => {
  const network = (rest: string): string => `
networks:
  lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/29, ${rest} } } }
  outer: { physical_network: outer, external: true, subnets: { out: { cidr: 203.0.113.0/29, enable_dhcp: false } } }
`;
  const vms = (count: number): string =>
    'instances:\n' +
    Array.from({ length: count }, (_, i) => `  vm${String(i)}: { node: n1, ports: { eth0: { network: lan } } }\n`).join(
      '',
    );

  test('the gateway is the first host address, and no port gets it', () => {
    const { networks, instances } = resolve(network('enable_dhcp: false') + vms(5));
    expect(networks.get('lan')?.subnets[0]?.gatewayIp).toBe('10.0.0.1');
    const held = [...instances.values()].map(({ ports }) => ports[0]?.fixedIps[0]?.address);
    expect(held).not.toContain('10.0.0.1');
    expect(new Set(held).size).toBe(5);
  });

  test('gateway_ip: null is none, and any host may have the first address', () => {
    const { networks, instances } = resolve(network('enable_dhcp: false, gateway_ip: null') + vms(6));
    expect(networks.get('lan')?.subnets[0]?.gatewayIp).toBeNull();
    expect([...instances.values()].map(({ ports }) => ports[0]?.fixedIps[0]?.address)).toContain('10.0.0.1');
  });

  test('the pools are used up, whatever their order', () => {
    const pools = 'allocation_pools: [{ start: 10.0.0.5, end: 10.0.0.5 }, { start: 10.0.0.2, end: 10.0.0.3 }]';
    const { instances } = resolve(network(`enable_dhcp: false, ${pools}`) + vms(3));
    const held = [...instances.values()].map(({ ports }) => ports[0]?.fixedIps[0]?.address);
    expect(held.sort()).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.5']);
  });

  test('an address of an outside host on the physical network is not assigned', () => {
    const router = '{ node: n1, external_gateway: { network: outer } }';
    const { routers } = resolve(`${network('')}routers: { a: ${router}, b: ${router}, c: ${router}, d: ${router} }`);
    expect([...routers.values()].map(({ gateway }) => gateway?.fixedIp.address).sort()).toEqual([
      '203.0.113.3',
      '203.0.113.4',
      '203.0.113.5',
      '203.0.113.6',
    ]);
  });

  test('a router interface has the gateway address, the DHCP port another one of its subnet', () => {
    const { routers, networks } = resolve(network('') + 'routers: { r: { node: n1, interfaces: { lan: {} } } }');
    expect(routers.get('r')?.interfaces[0]?.fixedIp.address).toBe('10.0.0.1');
    expect(networks.get('lan')?.dhcp?.fixedIps[0]?.address).toMatch(/^10\.0\.0\.[2-6]$/);
  });

  test('without a free address the error names the port, the pools and what holds their addresses', () => {
    const found = refused(network('') + vms(5));
    expect(found).toMatchObject({ code: 'NLC01', severity: 'error' });
    expect(found.summary).toMatch(/^no free address is left for \S+ in the allocation pools of network lan$/);
    expect(found.detail).toBe('its 5 addresses are held by:');
    const holders = [...found.related!];
    expect(holders.pop()!.range.start.line).toBe(10);
    expect(holders.map(({ message }) => message.slice(0, 10))).toEqual(
      [2, 3, 4, 5, 6].map((last) => `10.0.0.${String(last)}: `),
    );
    const names = holders.map(({ message }) => message.slice(10)).filter((name) => name !== 'networks.lan.dhcp');
    expect(names).toHaveLength(4);
    expect(names.filter((name) => !/^instances\.vm\d\.ports\.eth0$/.test(name))).toEqual([]);
  });

  test('the MTU is that of the network, or of the physical network, or 1500', () => {
    const { networks } = resolve(network(''));
    expect(networks.get('lan')?.mtu).toBe(1450);
    expect(networks.get('outer')?.mtu).toBe(1500);
  });
});

describe('collisions', () => {
  test('a derived device name equal to a NIC', () => {
    const tap = deviceName('tap', deriveId('t', ['instances', 'vm', 'ports', 'eth0']));
    const found = refusedWith(`
name: t
physical_networks: { wire: {} }
nodes: { n1: { nics: { ${tap}: { physical_network: wire } } } }
networks: { lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/24, enable_dhcp: false } } } }
instances: { vm: { node: n1, ports: { eth0: { network: lan } } } }
`);
    expect(found).toMatchObject({ code: 'NLC03', related: [{ range: { start: { line: 4 } } }] });
    expect(found?.summary).toBe(
      `instances.vm.ports.eth0 and nodes.n1.nics.${tap} would both be the device ${tap} on n1`,
    );
  });

  test('a derived id with the same beginning as a given one', () => {
    const derived = deriveId('t', ['instances', 'a', 'ports', 'eth0']);
    const given = `${derived.slice(0, 11)}00-0000-0000-000000000000`;
    const found = refusedWith(`
name: t
physical_networks: { wire: {} }
nodes: { n1: { nics: { eth1: { physical_network: wire } } } }
networks: { lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/24, enable_dhcp: false } } } }
instances:
  a: { node: n1, ports: { eth0: { network: lan } } }
  b: { node: n1, ports: { eth0: { network: lan, id: ${given} } } }
`);
    expect(found).toMatchObject({
      code: 'NLC02',
      range: { start: { line: 8 } },
      related: [{ range: { start: { line: 7 } } }],
    });
  });

  function refusedWith(text: string): Diagnostic | undefined {
    return resolveTopology(validTopology(text)).diagnostics[0];
  }
});

describe('floating IPs', () => {
  const network = `
networks:
  lan:
    physical_network: wire
    subnets: { a: { cidr: 10.0.0.0/24, enable_dhcp: false }, b: { cidr: 10.0.1.0/24, enable_dhcp: false } }
  outer: { physical_network: outer, external: true, subnets: { out: { cidr: 203.0.113.0/24, enable_dhcp: false } } }
instances: { vm: { node: n1, ports: { eth0: { network: lan } } } }
floating_ips: { f: { floating_network: outer, instance: vm } }
`;

  test('the router with the gateway address translates it', () => {
    const { floatingIps } = resolve(`${network}
routers:
  side: { node: n1, external_gateway: { network: outer }, interfaces: { a: { fixed_ip_address: 10.0.0.9 } } }
  main: { node: n1, external_gateway: { network: outer }, interfaces: { a: {} } }
`);
    expect(floatingIps.map(({ router }) => router)).toEqual(['main']);
    expect(floatingIps[0]?.fixedAddress).toMatch(/^10\.0\.0\./);
  });

  test('a derived address that no router reaches', () => {
    const found = refused(`${network}
routers: { r: { node: n1, external_gateway: { network: outer }, interfaces: { b: {} } } }
`);
    expect(found).toMatchObject({ code: 'NLC04', range: { start: { line: 15 } } });
  });

  test('port forwardings of one address whose derived targets are behind two routers', () => {
    const found = refused(`
networks:
  lan:
    physical_network: wire
    subnets: { a: { cidr: 10.0.0.0/30, enable_dhcp: false }, b: { cidr: 10.0.1.0/24, enable_dhcp: false } }
  outer: { physical_network: outer, external: true, subnets: { out: { cidr: 203.0.113.0/24, enable_dhcp: false } } }
routers:
  r1: { node: n1, external_gateway: { network: outer }, interfaces: { a: {} } }
  r2: { node: n1, external_gateway: { network: outer }, interfaces: { b: {} } }
instances:
  first: { node: n1, ports: { eth0: { network: lan } } }
  second: { node: n1, ports: { eth0: { network: lan } } }
floating_ips:
  f:
    floating_network: outer
    port_forwardings:
      - { protocol: tcp, external_port: 1, internal_port: 22, instance: first }
      - { protocol: tcp, external_port: 2, internal_port: 22, instance: second }
`);
    expect(found).toMatchObject({
      code: 'NLC06',
      summary: 'the port forwardings of floating IP f lead through the routers r1 and r2',
      range: { start: { line: 25 } },
      related: [{ message: 'the subnet of its target', range: { start: { line: 12 } } }],
    });
  });
});
