import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';
import { FIXED } from './edits.ts';

/** The base with several addresses of its instance's port, and these fields of the floating IP's target. */
function several(addresses: string, target = ', fixed_ip_address: 10.0.0.11'): string {
  return edited([FIXED, `fixed_ips: [${addresses}],`], ['instance: vm1', `instance: vm1${target}`]);
}

/** Several addresses of one port. */
export const FIXED_IPS: readonly FaultCase[] = [
  ['NL417', 'none of the addresses of the port', several('10.0.0.11, 10.0.0.12', ', fixed_ip_address: «10.0.0.13')],
  [
    'NL418',
    'one of several addresses',
    edited([FIXED, `fixed_ips: [10.0.0.11, 10.0.0.12],`], ['instance: vm1', 'instance: «vm1']),
  ],
  ['NL405', 'one of several addresses of a port', several('10.0.0.11, «10.0.1.11')],
  ['NL407', 'one of several addresses of a port twice', several('10.0.0.11, «10.0.0.11')],
  ['NL115', 'no address of a port', edited([FIXED, 'fixed_ips: «[],'])],
  [
    'NL430',
    'one address of a port beside several',
    edited(
      [FIXED, 'fixed_ip_address: «10.0.0.11, fixed_ips: [10.0.0.12],'],
      ['instance: vm1', 'instance: vm1, fixed_ip_address: 10.0.0.12'],
    ),
  ],
  [
    'NL314',
    'two floating IPs for one of several addresses',
    several('10.0.0.11, 10.0.0.12').replace(
      'hosts:',
      '  «fip2: { floating_network: ext, instance: vm1, fixed_ip_address: 10.0.0.11 }\nhosts:',
    ),
  ],
];
