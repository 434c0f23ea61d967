import { overlaps, parseCidr } from '../../net/ipv4.ts';
import type { Cidr } from '../../net/ipv4.ts';

/** Ranges the kernel never treats as addresses of hosts. */
const RESERVED: readonly (readonly [range: Cidr, what: string])[] = [
  [parseCidr('0.0.0.0/8'), 'in 0.0.0.0/8, which means "this network"'],
  [parseCidr('127.0.0.0/8'), 'in the loopback range 127.0.0.0/8'],
  [parseCidr('224.0.0.0/4'), 'in the multicast range 224.0.0.0/4'],
  [parseCidr('240.0.0.0/4'), 'in the reserved range 240.0.0.0/4'],
];

/** Says which reserved range a block touches; `undefined` when hosts may have its addresses. */
export function reserved(cidr: Cidr): string | undefined {
  return RESERVED.find(([range]) => overlaps(range, cidr))?.[1];
}
