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

/** So many bits an address of the family has. */
export const BITS = { 4: 32, 6: 128 } as const;

/** What such a text says: the address, and the length. Throws a RangeError for anything `isCidr` refuses. */
function readCidr(cidr: string): readonly [ip: Ip, prefixLength: number] {
  const four = readIpv4Cidr(cidr);
  if (four !== undefined) return [ipv4(four[0]), four[1]];
  const six = readIpv6Cidr(cidr);
  if (six === undefined) throw new RangeError(`not a CIDR: ${JSON.stringify(cidr)}`);
  return [ipv6(six[0]), six[1]];
}

/**
 * The block of an address with a prefix length; host bits may be set. Throws a RangeError for anything `isCidr`
 * refuses.
 */
export function parseBlock(cidr: string): Block {
  const [ip, prefixLength] = readCidr(cidr);
  return blockAround(ip, prefixLength);
}

/** True for an address with a prefix length written out; host bits may be set. */
export function isCidr(text: string): boolean {
  return readIpv4Cidr(text) !== undefined || readIpv6Cidr(text) !== undefined;
}

/** The block of the given prefix length that holds the address. */
export function blockAround(ip: Ip, prefixLength: number): Block {
  const network = lowest(ip, prefixLength);
  const last = highest(network, prefixLength);
  const isIpv4 = familyOf(ip) === 4;
  // RFC 3021 and RFC 6164: where two addresses are left both are hosts', and a single one is a host's. IPv6 has no
  // broadcast address.
  const isWhole = prefixLength >= (isIpv4 ? 31 : 127);
  return {
    network,
    last,
    prefixLength,
    firstHost: isWhole ? network : (next(network) ?? network),
    lastHost: isWhole || !isIpv4 ? last : previous(last),
  };
}

/** The block of one address. */
export function blockOf(ip: Ip): Block {
  return blockAround(ip, BITS[familyOf(ip)]);
}

/** The blocks that hold the address, from the one of this prefix length down to its own. */
export function* blocksHolding(ip: Ip, shortest: number): Generator<Block> {
  for (let length = shortest; length <= BITS[familyOf(ip)]; length += 1) yield blockAround(ip, length);
}

/** `10.0.0.0/24` */
export function formatBlock({ network, prefixLength }: Block): string {
  return `${formatIp(network)}/${String(prefixLength)}`;
}

/** True when the address lies in the block, its first and last address included. */
export function contains({ network, last }: Block, ip: Ip): boolean {
  return isBetween(network, ip, last);
}

/** True when the two blocks share an address. */
export function overlaps(a: Block, b: Block): boolean {
  return rangesIntersect(a.network, a.last, b.network, b.last);
}

/** Order of two blocks, for `sort`: by their lowest address, the wider one first. */
export function compareBlocks(a: Block, b: Block): number {
  return compareIps(a.network, b.network) || a.prefixLength - b.prefixLength;
}

/** How many addresses the block has. */
export function sizeOfBlock({ network, prefixLength }: Block): number {
  return 2 ** (BITS[familyOf(network)] - prefixLength);
}

/**
 * Which address of the block no host may hold this is, if it is one: its network address, or in IPv4 its broadcast
 * address.
 */
export function reservedIn({ network, last, firstHost, lastHost }: Block, ip: Ip): 'network' | 'broadcast' | undefined {
  if (ip === network) return network === firstHost ? undefined : 'network';
  return ip === last && last !== lastHost ? 'broadcast' : undefined;
}

/** `10.0.0.5/24` → `10.0.0.0/24`, `2001:DB8:0::5/64` → `2001:db8::/64`: as glibc and the kernel's tools write it. */
export function networkOf(cidr: string): string {
  return formatBlock(parseBlock(cidr));
}

/** `10.0.0.5/24` → `10.0.0.5`. */
export function addressOfCidr(cidr: string): string {
  return cidr.slice(0, cidr.indexOf('/'));
}

/** `10.0.0.5/24` → 24. */
export function prefixLengthOf(cidr: string): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}

/**
 * True when `10.0.0.5/24` names an address inside its block rather than the block; a length with a zero before it, as
 * in `10.0.0.0/08`, names none either.
 */
export function hasHostBits(cidr: string): boolean {
  const [ip, prefixLength] = readCidr(cidr);
  return ip !== lowest(ip, prefixLength) || !cidr.endsWith(`/${String(prefixLength)}`);
}

/** `contains` for texts. */
export function cidrContains(cidr: string, ip: string): boolean {
  return contains(parseBlock(cidr), parseIp(ip));
}

/** `10.0.0.5/24` → `10.0.0.255`; of a /32 itself, of a /31 (which has none) the higher address. For IPv4 alone. */
export function broadcastOf(cidr: string): string {
  const { network, last } = parseBlock(cidr);
  if (familyOf(network) !== 4) throw new RangeError(`IPv6 has no broadcast addresses: ${cidr}`);
  return formatIp(last);
}
