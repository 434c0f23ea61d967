import { expect, test } from 'vitest';
import { dhcpNodeOf } from '../../src/topology/defaults.ts';
import { loadTopology } from '../../src/topology/load.ts';

/** A wire with a flat network and one for each tag, and two network nodes, the second with Open vSwitch. */
function text(tags: readonly number[], { nic = 'eth0', mappings = '{}', instance = 'ovs' } = {}): string {
  const vlan = (tag: number): string => `
  vlan${String(tag)}:
    physical_network: wire
    network_type: vlan
    segmentation_id: ${String(tag)}
    subnets: { s${String(tag)}: { cidr: 10.${String(tag)}.0.0/24 } }`;
  return `name: vlans
physical_networks: { wire: {}, control: {} }
nodes:
  lb:
    reach: { via: lab }
    nics: { eth0: { physical_network: wire } }
  ovs:
    mechanism: openvswitch
    bridge_mappings: ${mappings}
    reach: { via: lab }
    nics: { ${nic}: { physical_network: wire }, enx00005e005301: { physical_network: control } }
networks:
  flat: { physical_network: wire, subnets: { s0: { cidr: 10.0.0.0/24 } } }${tags.map(vlan).join('')}
routers: { r1: { node: ovs, interfaces: { s0: {}, s1: {} } } }
instances: { vm1: { node: ${instance}, ports: { eth0: { network: vlan1 }, eth1: { network: flat } } } }
`;
}

function wrong(yaml: string): string[] {
  return loadTopology(yaml, 't.yaml').diagnostics.map(({ code, summary, hint = '' }) => `${code} ${summary} | ${hint}`);
}

test('a wire with one flat network and several VLANs, and a NIC of any name on a wire without networks', () => {
  expect(wrong(text([1, 2, 3]))).toEqual([]);
  expect(wrong(text([1], { nic: 'enx00005e005302', mappings: '{ wire: br-wire }' }))).toEqual([]);
  expect(wrong(text([1], { mappings: '{ control: br-control }' }))).toEqual([]);
});

test('the DHCP server of a VLAN network is on a node with Open vSwitch', () => {
  const doc = loadTopology(text([1]), 't.yaml').topology?.doc;
  const { flat, vlan1 } = doc?.networks ?? {};
  expect(doc && flat && vlan1 && [dhcpNodeOf(doc, flat), dhcpNodeOf(doc, vlan1)]).toEqual(['lb', 'ovs']);
});

test('a diagnostic has a hint with the fix', () => {
  expect(wrong(text([1], { instance: 'lb' }))).toEqual([
    'NL340 port eth0 of instance vm1 is on the VLAN network "vlan1", but node "lb" carries flat networks only | ' +
      'set mechanism: openvswitch on lb, or place it on a node that has it',
  ]);
  expect(wrong(text([1], { nic: 'enx00005e005302' }))).toEqual([
    'NL347 the bridge of "wire" on node "ovs" would be br-enx00005e005302, which is longer than ' +
      'the 15 characters of a device name | name one in bridge_mappings of ovs, under wire',
  ]);
  expect(wrong(text([1], { mappings: '{ wire: br-int }' }))).toEqual([
    'NL346 br-int cannot be the bridge of physical network "wire" on node "ovs": Open vSwitch uses the name ' +
      'itself | name another bridge',
  ]);
});

test('an address is unique within a VLAN, not across VLANs', () => {
  const port = (instance: string, network: string): string =>
    `  ${instance}: { node: n, ports: { eth0: { network: ${network}, fixed_ip_address: 10.0.0.5 } } }\n`;
  const codes = (...networks: readonly string[]): string[] =>
    loadTopology(
      `name: twice
physical_networks: { wire: {} }
nodes: { n: { mechanism: openvswitch, nics: { eth0: { physical_network: wire } } } }
networks:
  flat: { physical_network: wire, subnets: { s0: { cidr: 10.0.0.0/24 } } }
  red: { physical_network: wire, network_type: vlan, segmentation_id: 1, subnets: { s1: { cidr: 10.0.0.0/24 } } }
  blue: { physical_network: wire, network_type: vlan, segmentation_id: 2, subnets: { s2: { cidr: 10.0.0.0/24 } } }
instances:
${networks.map((network, i) => port(`vm${String(i)}`, network)).join('')}`,
      'twice.yaml',
    ).diagnostics.map(({ code }) => code);
  expect(codes('red', 'blue', 'flat')).toEqual([]);
  expect(codes('red', 'red')).toEqual(['NL407']);
});
