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
