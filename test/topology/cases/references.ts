import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';

/** Names without an entry. */
export const REFERENCES: readonly FaultCase[] = [
  [
    'NL201',
    'a mistyped physical network',
    edited(['eth0: { physical_network: outer, addr', 'eth0: { physical_network: «outr, addr']),
  ],
  ['NL202', 'a mistyped network of a port', edited(['{ network: lan,', '{ network: «lam,'])],
  ['NL203', 'a mistyped subnet', edited(['      lan-subnet: {}', '      lan-subnet: {}\n      «lan-subnett: {}'])],
  ['NL203', 'a network instead of a subnet', edited(['      lan-subnet: {}', '      lan-subnet: {}\n      «lan: {}'])],
  ['NL204', 'an unknown node', edited(['vm1:\n    node: com1', 'vm1:\n    node: «com2'])],
];
