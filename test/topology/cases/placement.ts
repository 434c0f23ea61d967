import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';

/** Nodes: their NICs, wires and roles, and the objects on them. */
export const PLACEMENT: readonly FaultCase[] = [
  [
    'NL301',
    'a router without NIC',
    edited(
      ['      eth1: { physical_network: outer, addresses: [192.0.2.2/24] }\n', ''],
      ['external_gateway: { network: ext', 'external_gateway: { network: «ext'],
    ),
  ],
  [
    'NL301',
    'an instance without NIC',
    edited(
      [
        "      eth0: { physical_network: inner, mac_address: '00:00:5e:00:53:01' }",
        '      eth0: { physical_network: outer }',
      ],
      ['{ network: lan,', '{ network: «lan,'],
    ),
  ],
  [
    'NL302',
    'two NICs on one wire',
    edited([
      'eth0: { physical_network: inner, mac',
      'eth1: { physical_network: inner }\n      eth0: { physical_network: «inner, mac',
    ]),
  ],
  [
    'NL303',
    'two networks on one wire',
    edited([
      '  ext:\n',
      '  lan2:\n    physical_network: «inner\n    subnets: { s2: { cidr: 10.1.0.0/24, enable_dhcp: false } }\n  ext:\n',
    ]),
  ],
  [
    'NL304',
    'an instance on an absent node',
    edited(['roles: [compute]', 'state: absent'], ['vm1:\n    node: com1', 'vm1:\n    node: «com1']),
  ],
  [
    'NL305',
    'a router on a compute node',
    edited(['r1:\n    node: net1', 'r2:\n    node: «com1\n  r1:\n    node: net1']),
  ],
  ['NL305', 'an instance on a network node', edited(['vm1:\n    node: com1', 'vm1:\n    node: «net1'])],
  ['NL305', 'DHCP on a compute node', edited(['dhcp: { node: net1', 'dhcp: { node: «com1'])],
  [
    'NL306',
    'DHCP on a wire without node',
    edited(
      ['  ext:\n', '  «far:\n    physical_network: far\n    subnets: { far-subnet: { cidr: 10.1.0.0/24 } }\n  ext:\n'],
      ['  outer: {}', '  outer: {}\n  far: {}'],
    ),
  ],
  [
    'NL310',
    'more than the wire',
    edited(['inner: { mtu: 1500 }', 'inner: { mtu: 1400 }'], ['mtu: 1450', 'mtu: «1450']),
  ],
  ['NL310', 'more than a NIC', edited(['inner, mtu: 1500', 'inner, mtu: 1400'], ['mtu: 1450', 'mtu: «1450'])],
  [
    'NL315',
    'a port on a network without subnet',
    edited(
      ['floating_ips:', '      eth1: { network: «bare }\nfloating_ips:'],
      ['networks:\n  lan:', 'networks:\n  bare: { physical_network: bare }\n  lan:'],
      ['instance: vm1', 'instance: vm1, port: eth0'],
      ['  outer: {}', '  outer: {}\n  bare: {}'],
      ['inner, mac', 'inner }\n      eth9: { physical_network: bare, mac'],
    ),
  ],
  [
    'NL316',
    'a DHCP port that no subnet needs',
    edited(['    external: true', '    external: true\n    «dhcp: { node: net1 }']),
  ],
  [
    'NL317',
    'two local nodes',
    edited(
      ['    roles: [network]\n    reach: { via: lab }', '    roles: [network]'],
      ['  «com1:'.replace('«', ''), '  «com1:'],
      ['    roles: [compute]\n    reach: { via: lab }', '    roles: [compute]'],
    ),
  ],
  [
    'NL317',
    'two nodes behind one SSH host',
    edited(
      ['    roles: [network]\n    reach: { via: lab }', '    roles: [network]\n    reach: { via: ssh, host: h }'],
      ['    roles: [compute]\n    reach: { via: lab }', '    roles: [compute]\n    reach: «{ via: ssh, host: h }'],
    ),
  ],
];
