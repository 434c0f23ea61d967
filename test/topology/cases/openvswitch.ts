import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';
import { switched } from './edits.ts';

/** The same with more fields of the network node. */
function mapped(more: string): string {
  return switched(['  net1:\n', `  net1:\n    ${more}\n`]);
}

/** The base's inner network with a VLAN tag. */
const VLAN = ['    mtu: 1450\n', '    mtu: 1450\n    network_type: vlan\n    segmentation_id: 7\n'] as const;

/** One more network beside the base's. */
function beside(more: string): readonly [string, string] {
  return ['  ext:\n', `  lan2:\n    physical_network: inner\n${more}  ext:\n`];
}

/** Open vSwitch: VLANs, bridges and their mappings. */
export const OPENVSWITCH: readonly FaultCase[] = [
  [
    'NL340',
    'an instance on a VLAN, behind a Linux bridge',
    edited(
      VLAN,
      ['    roles: [network]\n', '    roles: [network]\n    mechanism: openvswitch\n'],
      ['{ network: lan,', '{ network: «lan,'],
    ),
  ],
  [
    'NL340',
    'a router on a VLAN, behind a Linux bridge',
    edited(
      VLAN,
      ['    roles: [compute]\n', '    roles: [compute]\n    mechanism: openvswitch\n'],
      ['    dhcp: { node: net1, fixed_ip_address: 10.0.0.2 }\n', ''],
      ['        gateway_ip: 10.0.0.1\n', '        gateway_ip: 10.0.0.1\n        enable_dhcp: false\n'],
      ['      lan-subnet: {}', '      «lan-subnet: {}'],
    ),
  ],
  [
    'NL306',
    'no node with Open vSwitch for the DHCP server of a VLAN network',
    edited(
      beside('').map((text) =>
        text
          .replace('lan2:', '«lan2:')
          .replace(
            'inner\n',
            'inner\n    network_type: vlan\n    segmentation_id: 8\n    subnets: { s2: { cidr: 10.1.0.0/24 } }\n',
          ),
      ) as [string, string],
    ),
  ],
  ['NL341', 'a tag without its type', edited(['    mtu: 1450\n', '    mtu: 1450\n    segmentation_id: «7\n'])],
  ['NL342', 'a type without its tag', switched(['    mtu: 1450\n', '    mtu: 1450\n    network_type: «vlan\n'])],
  [
    'NL105',
    'a tag that 802.1Q keeps for itself',
    switched(['    mtu: 1450\n', '    mtu: 1450\n    network_type: vlan\n    segmentation_id: «4095\n']),
  ],
  ['NL343', 'a VLAN for two networks', switched(VLAN, beside('    network_type: vlan\n    segmentation_id: «7\n'))],
  [
    'NL344',
    'mappings of Linux bridges',
    edited(['    roles: [network]\n', '    roles: [network]\n    «bridge_mappings: { outer: br-ex }\n']),
  ],
  [
    'NL345',
    'a mapping without NIC',
    switched([
      '    roles: [compute]\n    mechanism',
      '    roles: [compute]\n    bridge_mappings: { «outer: br-ex }\n    mechanism',
    ]),
  ],
  ['NL201', 'a mapping of an unknown physical network', mapped('bridge_mappings: { «outr: br-ex }')],
  ['NL346', 'the integration bridge for a physical network', mapped('bridge_mappings: { outer: «br-int }')],
  ['NL346', 'the datapath for a physical network', mapped('bridge_mappings: { outer: «ovs-netdev }')],
  [
    'NL346',
    'a NIC after which the bridge would be called br-int',
    switched(['      eth1: { physical_network: outer, addr', '      «int: { physical_network: outer, addr']),
  ],
  [
    'NL347',
    'a NIC with a long name',
    switched(['      eth1: { physical_network: outer, addr', '      «enx0123456789: { physical_network: outer, addr']),
  ],
  ['NL348', 'one bridge for both', mapped('bridge_mappings: { outer: br-ex, inner: «br-ex }')],
  [
    'NL348',
    'a mapping to the bridge another NIC has by default',
    mapped('bridge_mappings: { outer: br-eth0 }').replace(
      '      eth0: { physical_network: inner, mtu',
      '      «eth0: { physical_network: inner, mtu',
    ),
  ],
  ['NL503', 'a bridge called as a NIC', mapped('bridge_mappings: { outer: «eth1 }')],
];
