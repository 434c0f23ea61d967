import fc from 'fast-check';
import { BITS, blockAround } from '../../src/net/block.ts';
import type { Block } from '../../src/net/block.ts';
import { familyOf } from '../../src/net/ip.ts';
import type { Ip } from '../../src/net/ip.ts';
import { ipv4, ipv6 } from '../../src/net/raw/address.ts';

const ALL4 = 0xffffffff;
const ALL6 = 2n ** 128n - 1n;

/** Any address of either family, often one of the first or the last. */
export const anyIp: fc.Arbitrary<Ip> = fc.oneof(
  fc.oneof(fc.nat({ max: ALL4 }), fc.nat({ max: 3 }), fc.integer({ min: ALL4 - 3, max: ALL4 })).map(ipv4),
  fc.oneof(fc.bigInt(0n, ALL6), fc.bigInt(0n, 3n), fc.bigInt(ALL6 - 3n, ALL6)).map(ipv6),
);

/** A few addresses at both ends of both families, so collisions are frequent. */
export const nearIp: fc.Arbitrary<Ip> = fc.oneof(
  fc.oneof(fc.nat({ max: 64 }), fc.integer({ min: ALL4 - 63, max: ALL4 })).map(ipv4),
  fc.oneof(fc.bigInt(0n, 64n), fc.bigInt(ALL6 - 63n, ALL6)).map(ipv6),
);

/** A block that contains one of these addresses; short prefixes are as frequent as long ones. */
export function blockWith(ip: fc.Arbitrary<Ip>): fc.Arbitrary<Block> {
  return ip.chain((one) => {
    const bits = BITS[familyOf(one)];
    const length = fc.oneof(fc.integer({ min: bits - 6, max: bits }), fc.integer({ min: 0, max: bits }));
    return length.map((prefixLength) => blockAround(one, prefixLength));
  });
}
