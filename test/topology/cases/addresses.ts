import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';

/** Addresses outside their subnet, not for hosts, or used twice. */
export const ADDRESSES: readonly FaultCase[] = [
  ['NL405', 'a port outside', edited(['fixed_ip_address: 10.0.0.11', 'fixed_ip_address: «10.0.1.11'])],
  [
    'NL405',
    'an interface in another subnet',
    edited(['      lan-subnet: {}', '      lan-subnet: { fixed_ip_address: «10.0.9.1 }']),
  ],
  [
    'NL625',
    'two addresses of a DHCP port in one subnet',
    edited(['node: net1, fixed_ip_address: 10.0.0.2', 'node: net1, fixed_ips: [10.0.0.2, «10.0.0.3]']),
  ],
  [
    'NL626',
    'an address of a DHCP port in a subnet without DHCP',
    edited(
      ['node: net1, fixed_ip_address: 10.0.0.2', 'node: net1, fixed_ips: [10.0.0.2, «10.5.0.2]'],
      [
        '    subnets:\n      lan-subnet',
        '    subnets:\n      more: { cidr: 10.5.0.0/24, enable_dhcp: false }\n      lan-subnet',
      ],
    ),
  ],
  ['NL406', 'a broadcast address', edited(['fixed_ip_address: 10.0.0.11', 'fixed_ip_address: «10.0.0.255'])],
  ['NL406', 'a NIC with the network address', edited(['192.0.2.2/24', '«192.0.2.0/24'])],
  ['NL407', 'a port with the DHCP address', edited(['fixed_ip_address: 10.0.0.11', 'fixed_ip_address: «10.0.0.2'])],
  ['NL407', "a port with the router's address", edited(['fixed_ip_address: 10.0.0.11', 'fixed_ip_address: «10.0.0.1'])],
  [
    'NL415',
    'a loopback subnet',
    edited(
      [
        'ext:\n',
        'loop:\n    physical_network: far\n    subnets: { loop-subnet: { cidr: «127.1.0.0/24, enable_dhcp: false ' +
          '} }\n  ext:\n',
      ],
      ['  outer: {}', '  outer: {}\n  far: {}'],
    ),
  ],
  ['NL415', 'a multicast NIC', edited(['192.0.2.2/24', '«224.0.0.5/24'])],
];
