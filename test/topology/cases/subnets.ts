import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';

/** The base with a network that has this subnet. */
function pointToPoint(subnet: string): string {
  return edited(
    ['ext:\n', `ptp:\n    physical_network: far\n    subnets: { ptp-subnet: { ${subnet} } }\n  ext:\n`],
    ['  outer: {}', '  outer: {}\n  far: {}'],
    ['inner, mtu: 1500 }', 'inner, mtu: 1500 }\n      eth7: { physical_network: far }'],
  );
}

/** Subnets and their pools. */
export const SUBNETS: readonly FaultCase[] = [
  ['NL401', 'a subnet with host bits', edited(['cidr: 192.0.2.0/24', 'cidr: «192.0.2.7/24'])],
  ['NL402', 'a /31 with DHCP', pointToPoint('cidr: «10.1.0.0/31')],
  ['NL402', 'a /32 without room for its gateway', pointToPoint('cidr: «10.1.0.7/32, enable_dhcp: false')],
  ['NL402', 'a subnet of all addresses', pointToPoint('cidr: «0.0.0.0/0, enable_dhcp: false')],
  ['NL403', 'overlap in a network', edited(['  ext:\n', '      more: { cidr: «10.0.0.128/25 }\n  ext:\n'])],
  [
    'NL404',
    'overlap on a router',
    edited(
      ['  ext:\n', '  lan2:\n    physical_network: far\n    subnets: { s2: { cidr: 10.0.0.128/25 } }\n  ext:\n'],
      ['  outer: {}', '  outer: {}\n  far: {}'],
      ['      lan-subnet: {}', '      lan-subnet: {}\n      «s2: {}'],
      ['inner, mtu: 1500 }', 'inner, mtu: 1500 }\n      eth7: { physical_network: far }'],
    ),
  ],
  [
    'NL404',
    'an interface on the external network',
    edited(['      lan-subnet: {}', '      lan-subnet: {}\n      «ext-subnet: { fixed_ip_address: 192.0.2.99 }']),
  ],
  [
    'NL409',
    'a pool backwards',
    edited(['[{ start: 10.0.0.2, end: 10.0.0.99 }]', '[«{ start: 10.0.0.99, end: 10.0.0.2 }]']),
  ],
  ['NL410', 'a pool beyond its subnet', edited(['end: 10.0.0.99', 'end: «10.0.1.99'])],
  ['NL410', 'a pool with the network address', edited(['[{ start: 10.0.0.2,', '[{ start: «10.0.0.0,'])],
  [
    'NL411',
    'overlapping pools',
    edited(['end: 10.0.0.99 }', 'end: 10.0.0.99 }, «{ start: 10.0.0.99, end: 10.0.0.200 }']),
  ],
  ['NL412', 'a pool with the gateway', edited(['[{ start: 10.0.0.2,', '[«{ start: 10.0.0.1,'])],
];
