import { compareIps, familyOf, formatIp, parseIp } from './ip.ts';
import type { Ip } from './ip.ts';
import { readIpv4Cidr } from './raw/ipv4.ts';
import { readIpv6Cidr } from './raw/ipv6.ts';
import { rangesIntersect, highest, ipv4, ipv6, isBetween, lowest, next, previous } from './raw/address.ts';

/** A block of addresses of one family. */
export interface Block {
  /** The lowest address of the block: all host bits zero. */
  readonly network: Ip;
  /** The highest address of the block: all host bits one. In IPv4 it is the broadcast address. */
  readonly last: Ip;
  readonly prefixLength: number;
  /** The lowest address a host may hold. */
  readonly firstHost: Ip;
  /** The highest address a host may hold. */
  readonly lastHost: Ip;
}

/** The number of bits of an address, by family. */
export const BITS = { 4: 32, 6: 128 } as const;

/** Reads an address with a prefix length. Throws a RangeError for anything `isCidr` refuses. */
function readCidr(cidr: string): readonly [ip: Ip, prefixLength: number] {
  const four = readIpv4Cidr(cidr);
  if (four !== undefined) return [ipv4(four[0]), four[1]];
  const six = readIpv6Cidr(cidr);
  if (six === undefined) throw new RangeError(`not a CIDR: ${JSON.stringify(cidr)}`);
  return [ipv6(six[0]), six[1]];
}

/**
 * Reads the block of an address with a prefix length; host bits may be set. Throws a RangeError for anything `isCidr`
 * refuses.
 */
export function parseBlock(cidr: string): Block {
  const [ip, prefixLength] = readCidr(cidr);
  return blockAround(ip, prefixLength);
}

/** True for an address with a prefix length; host bits may be set. */
export function isCidr(text: string): boolean {
  return readIpv4Cidr(text) !== undefined || readIpv6Cidr(text) !== undefined;
}

/** Returns the block of the given prefix length that contains the address. */
export function blockAround(ip: Ip, prefixLength: number): Block {
  const network = lowest(ip, prefixLength);
  const last = highest(network, prefixLength);
  const isIpv4 = familyOf(ip) === 4;
  // RFC 3021 and RFC 6164: in a block of two addresses or one, all are host addresses. IPv6 has no broadcast address.
  const isWhole = prefixLength >= (isIpv4 ? 31 : 127);
  return {
    network,
    last,
    prefixLength,
    firstHost: isWhole ? network : (next(network) ?? network),
    lastHost: isWhole || !isIpv4 ? last : previous(last),
  };
}

/** Returns the block of one address alone. */
export function blockOf(ip: Ip): Block {
  return blockAround(ip, BITS[familyOf(ip)]);
}

/** Returns the blocks that contain the address, from this prefix length to the longest. */
export function* blocksHolding(ip: Ip, shortest: number): Generator<Block> {
  for (let length = shortest; length <= BITS[familyOf(ip)]; length += 1) yield blockAround(ip, length);
}

/** Returns a block as text: `10.0.0.0/24`. */
export function formatBlock({ network, prefixLength }: Block): string {
  return `${formatIp(network)}/${String(prefixLength)}`;
}

/** True if the block contains the address; its first and last address count. */
export function contains({ network, last }: Block, ip: Ip): boolean {
  return isBetween(network, ip, last);
}

/** True if the two blocks share an address. */
export function overlaps(a: Block, b: Block): boolean {
  return rangesIntersect(a.network, a.last, b.network, b.last);
}

/** Compares two blocks, for `sort`: by their lowest address, the larger block first. */
export function compareBlocks(a: Block, b: Block): number {
  return compareIps(a.network, b.network) || a.prefixLength - b.prefixLength;
}

/** Returns the number of addresses of a block. */
export function sizeOfBlock({ network, prefixLength }: Block): number {
  return 2 ** (BITS[familyOf(network)] - prefixLength);
}

/**
 * Tells whether an address is the block's network address or its broadcast address (IPv4 only), which no host can have;
 * `undefined` for any other.
 */
export function reservedIn({ network, last, firstHost, lastHost }: Block, ip: Ip): 'network' | 'broadcast' | undefined {
  if (ip === network) return network === firstHost ? undefined : 'network';
  return ip === last && last !== lastHost ? 'broadcast' : undefined;
}

/**
 * Returns the network of a CIDR as glibc and iproute2 write it: `10.0.0.5/24` → `10.0.0.0/24`, `2001:DB8:0::5/64` →
 * `2001:db8::/64`.
 */
export function networkOf(cidr: string): string {
  return formatBlock(parseBlock(cidr));
}

/**
 * Returns a CIDR as glibc and iproute2 write it, with its host bits: `2001:DB8:0::5/64` → `2001:db8::5/64`. A text that
 * is no CIDR is returned unchanged.
 */
export function canonicalCidr(cidr: string): string {
  return isCidr(cidr) ? `${formatIp(parseIp(addressOfCidr(cidr)))}/${String(prefixLengthOf(cidr))}` : cidr;
}

/** Returns the address of a CIDR: `10.0.0.5/24` → `10.0.0.5`. */
export function addressOfCidr(cidr: string): string {
  return cidr.slice(0, cidr.indexOf('/'));
}

/** Returns the prefix length of a CIDR: `10.0.0.5/24` → 24. */
export function prefixLengthOf(cidr: string): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}

/**
 * True for a CIDR that is not a network: host bits are set, as in `10.0.0.5/24`, or the length has a leading zero, as
 * in `10.0.0.0/08`.
 */
export function hasHostBits(cidr: string): boolean {
  const [ip, prefixLength] = readCidr(cidr);
  return ip !== lowest(ip, prefixLength) || !cidr.endsWith(`/${String(prefixLength)}`);
}

/** True if the block of a CIDR contains an address, both given as text. */
export function cidrContains(cidr: string, ip: string): boolean {
  return contains(parseBlock(cidr), parseIp(ip));
}

/**
 * Returns the broadcast address: `10.0.0.5/24` → `10.0.0.255`; for a /31 or a /32, which have none, the address itself,
 * as Neutron sets it. Throws a RangeError for IPv6.
 */
export function broadcastOf(cidr: string): string {
  const { network, last, prefixLength } = parseBlock(cidr);
  if (familyOf(network) !== 4) throw new RangeError(`IPv6 has no broadcast addresses: ${cidr}`);
  return prefixLength > 30 ? addressOfCidr(cidr) : formatIp(last);
}
