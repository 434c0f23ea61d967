import { blockOf, contains, overlaps, parseBlock } from '../../net/block.ts';
import type { Block } from '../../net/block.ts';
import type { Ip } from '../../net/ip.ts';

/** Ranges the kernel never treats as addresses of hosts. */
const RESERVED: readonly (readonly [range: Block, what: string])[] = [
  [parseBlock('0.0.0.0/8'), 'in 0.0.0.0/8, which means "this network"'],
  [parseBlock('127.0.0.0/8'), 'in the loopback range 127.0.0.0/8'],
  [parseBlock('224.0.0.0/4'), 'in the multicast range 224.0.0.0/4'],
  [parseBlock('240.0.0.0/4'), 'in the reserved range 240.0.0.0/4'],
];

/** Returns the reserved range that a block overlaps, as text; `undefined` if hosts may have its addresses. */
export function reserved(block: Block): string | undefined {
  return RESERVED.find(([range]) => overlaps(range, block))?.[1];
}

/** Returns the reserved range that contains a whole block, as text; `undefined` if it has addresses of hosts. */
export function reservedWhole({ network, prefixLength }: Block): string | undefined {
  return RESERVED.find(([range]) => range.prefixLength <= prefixLength && contains(range, network))?.[1];
}

/** Returns the reserved range of an address, as text; `undefined` if a host may have it. */
export function reservedAddress(ip: Ip): string | undefined {
  return reserved(blockOf(ip));
}
