import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadTopology } from '../../src/topology/load.ts';
import { edited, lines, places } from './support.ts';

const FOLDER = new URL('../../topologies/', import.meta.url);

describe('examples', () => {
  test.each(readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')))('%s is valid', (name) => {
    const { topology, diagnostics } = loadTopology(readFileSync(new URL(name, FOLDER), 'utf8'), name);
    expect(diagnostics).toEqual([]);
    expect(topology?.file).toBe(name);
  });
});

describe('every mistake in one run', () => {
  test('of the schema and of meaning, in the order of the file', () => {
    const text = edited(
      ['name: base', 'name: base\nrelaese: zed'],
      ['mtu: 1450', 'mtuu: 1450'],
      ['fixed_ip_address: 192.0.2.10', 'fixed_ip_address: 192.0.9.10'],
      ['instance: vm1', 'instance: vm2'],
      ['from: vm1', 'from: vm3'],
    );
    const { topology, diagnostics } = loadTopology(text, 't.yaml');
    expect(topology).toBeUndefined();
    expect(diagnostics.map((found) => found.code)).toEqual(['NL101', 'NL101', 'NL405', 'NL205', 'NL207']);
  });

  test('a malformed entry is still known by its name', () => {
    // Nothing about the router, the port and the floating IP that need network lan.
    expect(places(loadTopology(edited(['mtu: 1450', 'mtu: wrong']), 't.yaml').diagnostics)).toEqual(['NL103 21:10']);
    // Nothing about the instance that runs on com1.
    const node = edited(['roles: [compute]', 'roles: [computer]']);
    expect(places(loadTopology(node, 't.yaml').diagnostics)).toEqual(['NL104 13:13']);
  });

  test('a section that is no mapping hides only what is in it', () => {
    const { diagnostics } = loadTopology(
      lines('name: x', 'nodes: 5', 'instances: {a: {node: n}, b: {nodee: n}}'),
      't.yaml',
    );
    expect(places(diagnostics)).toEqual(['NL103 2:8', 'NL101 3:31']);
  });

  test('a warning alone does not refuse', () => {
    const { topology, diagnostics } = loadTopology(edited(['port: 22 }', 'port: 23 }']), 't.yaml');
    expect(diagnostics.map((found) => found.severity)).toEqual(['warning']);
    expect(topology).toBeDefined();
  });

  test('nothing but a name is valid', () => {
    expect(loadTopology('name: x\n', 't.yaml').diagnostics).toEqual([]);
  });
});

describe('hints', () => {
  const hint = (text: string): string | undefined => loadTopology(text, 't.yaml').diagnostics[0]?.hint;

  test.each([
    ['a property', edited(['gateway_ip: 192.0.2.1', 'gatway_ip: 192.0.2.1']), 'did you mean "gateway_ip"?'],
    ['a value', edited(['name: base', 'name: base\nrelease: Mitaka']), 'write mitaka'],
    [
      'a physical network',
      edited(['eth1: { physical_network: outer', 'eth1: { physical_network: otuer']),
      'did you mean "outer"?',
    ],
    ['a choice', edited(['name: base', 'name: base\nrelease: 2024']), 'put it in quotes'],
    ['the canonical MAC', edited(["'00:00:5e:00:53:01'", "'00-00-5E-00-53-01'"]), 'write 00:00:5e:00:53:01'],
    [
      'the canonical UUID',
      edited(['11111111-0000-0000-0000-000000000001', 'AAAAAAAA000000000000000000000001']),
      'write aaaaaaaa-0000-0000-0000-000000000001',
    ],
    ['an empty mapping', edited(['outer: {}', 'outer:']), 'write {} for an empty mapping'],
    ['the network of an address', edited(['cidr: 192.0.2.0/24', 'cidr: 192.0.2.7/24']), 'write 192.0.2.0/24'],
  ])('%s', (_, text, wanted) => {
    expect(hint(text)).toBe(wanted);
  });
});

describe('large topologies', () => {
  const ports = (count: number): string => {
    const many = Array.from(
      { length: count },
      (_, i) => `  vm${String(i)}: { node: com1, ports: { eth0: { network: lan } } }`,
    );
    return edited(
      ['floating_ips:', `${many.join('\n')}\nfloating_ips:`],
      ['allocation_pools: [{ start: 10.0.0.2, end: 10.0.0.99 }]', ''],
    );
  };

  test('NL309: a bridge takes 1,023 ports, the NIC among them', () => {
    // vm1 and the NIC are there already; the DHCP server and the router are on the other node.
    const names = (text: string): string[] => loadTopology(text, 't.yaml').diagnostics.map((found) => found.code);
    const one = (text: string): string => text.replace('  vm1: { node', '  vmx: { node');
    expect(names(one(ports(1021)))).toEqual([]);
    expect(names(one(ports(1022)))).toEqual(['NL309']);
  });

  test('ten thousand instances take seconds at most', () => {
    const start = performance.now();
    loadTopology(ports(10_000), 't.yaml');
    expect(performance.now() - start).toBeLessThan(6000);
  });
});
