// The representation of an address: a number for IPv4, because a large topology has a hundred thousand of them, and a
// bigint for IPv6. Only src/net imports this folder (a rule of .dependency-cruiser.mjs).

declare const FAMILY: unique symbol;

/** An IPv4 address. */
export type Ipv4 = symbol & { readonly [FAMILY]: 4 };

/** An IPv6 address, without a zone. */
export type Ipv6 = symbol & { readonly [FAMILY]: 6 };

/**
 * An address of either family; the family is part of it. It can be stored, compared with `===`, and used as the key of
 * a map. To TypeScript it is a symbol: the only primitive that cannot be calculated with, ordered by `<` or put into a
 * template. Only src/net uses the number or bigint that it is.
 */
export type Ip = Ipv4 | Ipv6;

/** Returns the number of an IPv4 address, or the bigint of an IPv6 address. */
export function raw(ip: Ip): number | bigint {
  return ip as unknown as number | bigint;
}

/** Returns the IPv4 address of an unsigned 32-bit number. */
export function ipv4(number: number): Ipv4 {
  return number as unknown as Ipv4;
}

/** Returns the IPv6 address of an unsigned 128-bit number. */
export function ipv6(number: bigint): Ipv6 {
  return number as unknown as Ipv6;
}

/** True if the address has the family of `first` and `last` and is not outside them. */
export function isBetween(first: Ip, ip: Ip, last: Ip): boolean {
  const value = raw(ip);
  const low = raw(first);
  return typeof value === typeof low && value >= low && value <= raw(last);
}

/** True if two ranges, each from a first to a last address of one family, share an address. */
export function rangesIntersect(first: Ip, last: Ip, otherFirst: Ip, otherLast: Ip): boolean {
  const low = raw(first);
  const otherLow = raw(otherFirst);
  return typeof low === typeof otherLow && low <= raw(otherLast) && otherLow <= raw(last);
}

/** Returns the next higher address; `undefined` after the last one of its family. */
export function next(ip: Ip): Ip | undefined {
  const value = raw(ip);
  if (typeof value === 'number') return value < 0xffffffff ? ipv4(value + 1) : undefined;
  return value < 2n ** 128n - 1n ? ipv6(value + 1n) : undefined;
}

/** Returns the next lower address. Throws a RangeError for the first one of its family. */
export function previous(ip: Ip): Ip {
  const value = raw(ip);
  if (value <= 0) throw new RangeError('there is no address below the first one');
  return typeof value === 'number' ? ipv4(value - 1) : ipv6(value - 1n);
}

/** Returns the lowest address of the block of this prefix length that contains `ip`: all host bits zero. */
export function lowest(ip: Ip, prefixLength: number): Ip {
  const value = raw(ip);
  if (typeof value === 'number') return ipv4(value - (value % 2 ** (32 - prefixLength)));
  const hostBits = BigInt(128 - prefixLength);
  return ipv6((value >> hostBits) << hostBits);
}

/** Returns the highest address of the block of this prefix length that begins at `network`: all host bits one. */
export function highest(network: Ip, prefixLength: number): Ip {
  const value = raw(network);
  if (typeof value === 'number') return ipv4(value + 2 ** (32 - prefixLength) - 1);
  return ipv6(value | (2n ** BigInt(128 - prefixLength) - 1n));
}

/** Returns how far `last` is above `first`, of the same family; rounded above 2^53. */
export function distance(first: Ip, last: Ip): number {
  const low = raw(first);
  const high = raw(last);
  return typeof low === 'number' ? Number(high) - low : Number(BigInt(high) - low);
}

/** Returns the address this far above another. It must exist. */
export function offset(ip: Ip, by: number): Ip {
  const value = raw(ip);
  return typeof value === 'number' ? ipv4(value + by) : ipv6(value + BigInt(by));
}
