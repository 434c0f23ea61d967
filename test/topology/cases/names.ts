import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';

/** Unique values: MACs, ids, names. */
export const NAMES: readonly FaultCase[] = [
  [
    'NL501',
    'a MAC twice',
    edited(['fixed_ip_address: 10.0.0.11,', "fixed_ip_address: 10.0.0.11, mac_address: «'00:00:5e:00:53:01',"]),
  ],
  [
    'NL501',
    'the MAC of another port of the network',
    edited(
      [
        'dhcp: { node: net1, fixed_ip_address: 10.0.0.2 }',
        "dhcp: { node: net1, fixed_ip_address: 10.0.0.2, mac_address: 'fa:16:3e:00:00:01' }",
      ],
      ['fixed_ip_address: 10.0.0.11,', "fixed_ip_address: 10.0.0.11, mac_address: «'fa:16:3e:00:00:01',"],
    ),
  ],
  ['NL502', 'an id twice', edited(['22222222-0000-0000-0000-000000000001', '«11111111-0000-0000-0000-000000000001'])],
  [
    'NL503',
    'two ports with one device name',
    edited(
      ['instance: vm1', 'instance: vm1, port: eth0'],
      ['floating_ips:', '      eth1: { network: lan, id: «22222222-0000-0000-0000-000000000002 }\nfloating_ips:'],
    ),
  ],
  [
    'NL503',
    'a NIC named as a bridge',
    edited(
      [
        'roles: [network]\n    reach: { via: lab }\n    nics:',
        'roles: [network]\n    reach: { via: lab }\n    nics:\n      brq11111111-00: { physical_network: far }',
      ],
      ['id: 11111111', 'id: «11111111'],
      ['  outer: {}', '  outer: {}\n  far: {}'],
    ),
  ],
  ['NL504', 'a host named as an instance', edited(['  out:\n', '  «vm1: {}\n  out:\n'])],
  [
    'NL620',
    'a network renamed from itself',
    edited(['    physical_network: inner\n', '    renamed_from: «lan\n    physical_network: inner\n']),
  ],
  [
    'NL621',
    'a network renamed from one that exists',
    edited(['    physical_network: inner\n', '    renamed_from: «ext\n    physical_network: inner\n']),
  ],
  [
    'NL622',
    'two subnets of different networks renamed from one',
    edited(
      ['      lan-subnet:\n', '      lan-subnet:\n        renamed_from: old\n'],
      ['      ext-subnet: {', '      ext-subnet: { renamed_from: «old,'],
    ),
  ],
  ['NL505', 'a subnet name twice', edited(['      ext-subnet: {', '      «lan-subnet: {'])],
];
