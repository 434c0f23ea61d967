import { describe, expect, test } from 'vitest';
import { localVlans } from '../../src/resolve/vlans.ts';
import { compileTopology } from '../../src/compile/compile.ts';
import { compiled, validTopology } from '../support/compiled.ts';

const text = (release: string, more = ''): string => `
name: two
release: ${release}
physical_networks: { tenant: {}, external: {} }
nodes:
  node1:
    mechanism: openvswitch
    bridge_mappings: { external: br-ex }
    nics: { eth1: { physical_network: tenant }, eth2: { physical_network: external } }
networks:
  inside:
    id: 00000007-0000-0000-0000-000000000001
    physical_network: tenant
    subnets: { inside-subnet: { cidr: 10.0.0.0/24, enable_dhcp: true } }
  tagged:
    id: 00000009-0000-0000-0000-000000000002
    network_type: vlan
    segmentation_id: 100
    physical_network: tenant
    subnets: { tagged-subnet: { cidr: 10.0.1.0/24, enable_dhcp: false } }
  outside:
    id: 0000000b-0000-0000-0000-000000000003
    physical_network: external
    external: true
    subnets: { outside-subnet: { cidr: 192.0.2.0/24, enable_dhcp: false } }
routers:
  router1:
    node: node1
    external_gateway: { network: outside }
    interfaces: { inside-subnet: {}, tagged-subnet: {} }
${more}`;

const bridgesOf = (release: string): readonly string[] =>
  compiled(text(release)).resolved.bridges.map(({ name, nic, networks }) => `${name} ${nic ?? '-'} ${networks.join()}`);
const patchesOf = (release: string): readonly string[] =>
  compiled(text(release)).resolved.patches.map(({ network, ends }) =>
    [network, ...ends.map(({ name, bridge, tag }) => `${name}@${bridge}:${String(tag)}`)].join(' '),
  );

describe('a node with Open vSwitch', () => {
  test('has br-int for all ports, and a bridge for each physical network, mapped or named after its NIC', () => {
    expect(bridgesOf('zed')).toEqual([
      'br-int - inside,tagged,outside',
      'br-eth1 eth1 inside,tagged',
      'br-ex eth2 outside',
    ]);
  });

  test('joins them with a patch pair for each network, with its own VLAN on each side', () => {
    expect(patchesOf('zed')).toEqual([
      'inside int-00000007-0@br-int:8 phy-00000007-0@br-eth1:null',
      'tagged int-00000009-0@br-int:10 phy-00000009-0@br-eth1:100',
      'outside int-0000000b-0@br-int:12 phy-0000000b-0@br-ex:null',
    ]);
  });

  test('of Grizzly plugs the gateway into the physical bridge itself, which then needs no patch', () => {
    expect(bridgesOf('grizzly')).toEqual([
      'br-int - inside,tagged',
      'br-eth1 eth1 inside,tagged',
      'br-ex eth2 outside',
    ]);
    expect(patchesOf('grizzly')).toHaveLength(2);
    const { gateway, interfaces } = compiled(text('grizzly')).resolved.routers.get('router1') ?? {};
    expect(gateway).toMatchObject({ bridge: 'br-ex', tag: null });
    expect(interfaces).toMatchObject([
      { bridge: 'br-int', tag: 8 },
      { bridge: 'br-int', tag: 10 },
    ]);
  });

  test('names the DHCP server’s device as Neutron’s driver for Open vSwitch does', () => {
    expect(compiled(text('zed')).resolved.networks.get('inside')?.dhcp?.device).toMatch(/^tap[0-9a-f]{8}-[0-9a-f]{2}$/);
  });
});

describe('local VLANs', () => {
  const id = (start: number, end = 1): string =>
    `${start.toString(16).padStart(8, '0')}-0000-0000-0000-${String(end).padStart(12, '0')}`;

  test('are derived from the id, independent of the order of the file', () => {
    const ids = [id(1), id(4094), id(4095), id(1, 2)];
    expect([...localVlans(ids, new Map()).values()].sort((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    expect(localVlans([...ids].reverse(), new Map())).toEqual(localVlans(ids, new Map()));
  });

  test('are valid 802.1Q tags for any number of networks', () => {
    const tags = [
      ...localVlans(
        Array.from({ length: 4100 }, (_, i) => id(i * 7, i)),
        new Map(),
      ).values(),
    ];
    expect(new Set(tags).size).toBe(4094);
    expect(Math.min(...tags)).toBe(1);
    expect(Math.max(...tags)).toBe(4094);
  });
});

test('networks that would share one VLAN on one node are an error', () => {
  const ids = Array.from({ length: 4095 }, (_, i) => `${i.toString(16).padStart(8, '0')}-0000-0000-0000-000000000000`);
  const networks = ids.map(
    (id, i) =>
      `  n${String(i)}: { id: ${id}, network_type: vlan, segmentation_id: ${String((i % 4094) + 1)}, ` +
      `physical_network: ${i < 4094 ? 'a' : 'b'} }`,
  );
  const port = (network: string): string => `ports: { eth0: { network: ${network}, fixed_ip_address: 10.0.0.5 } }`;
  const crowd = `
name: crowd
physical_networks: { a: {}, b: {} }
nodes:
  node1: { mechanism: openvswitch, nics: { eth1: { physical_network: a }, eth2: { physical_network: b } } }
networks:
${networks.map((line) => line.replace(' }', `, subnets: { ${/n\d+/.exec(line)?.[0] ?? ''}-s: { cidr: 10.0.0.0/24, enable_dhcp: false } } }`)).join('\n')}
instances:
  one: { node: node1, ${port('n0')} }
  two: { node: node1, ${port('n4094')} }
`;
  const { diagnostics } = compileTopology(validTopology(crowd));
  expect(diagnostics.map(({ code, summary }) => `${code} ${summary}`)).toEqual([
    'NLC07 n4094 and n0 would both be VLAN 1 of br-int on node1',
  ]);
});
