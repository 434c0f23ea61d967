/** A block of IPv4 addresses. All addresses are unsigned 32-bit numbers. */
export interface Cidr {
  /** The lowest address of the block: all host bits zero. */
  readonly network: number;
  /** The highest address of the block: all host bits one. */
  readonly broadcast: number;
  readonly prefixLength: number;
  /** The lowest address a host may hold; equals `network` for /31 and /32. */
  readonly first: number;
  /** The highest address a host may hold; equals `broadcast` for /31 and /32. */
  readonly last: number;
}

/** An inclusive stretch of addresses, as an allocation pool is. */
export interface IpRange {
  readonly first: number;
  readonly last: number;
}

const OCTET = String.raw`(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const DOTTED = [OCTET, OCTET, OCTET, OCTET].join(String.raw`\.`);
// The two are read here and not by a library, which needs four times as long: a large file has thousands of them.
const IPV4 = new RegExp(`^${DOTTED}$`);
const CIDR = new RegExp(String.raw`^${DOTTED}/(3[0-2]|[0-2]?\d)$`);

/** The number that the first four groups of a match spell. */
function numberOf(match: RegExpExecArray): number {
  return ((Number(match[1]) * 256 + Number(match[2])) * 256 + Number(match[3])) * 256 + Number(match[4]);
}

/** True for four decimal numbers 0–255 without leading zeros, and nothing else. */
export function isIpv4(text: string): boolean {
  return IPV4.test(text);
}

/** True for an IPv4 address with a prefix length 0–32 written out; host bits may be set. */
export function isCidr(text: string): boolean {
  return CIDR.test(text);
}

/** `10.0.0.1` → 167772161. Throws a RangeError for anything `isIpv4` refuses. */
export function ipToNumber(ip: string): number {
  const match = IPV4.exec(ip);
  if (match === null) throw new RangeError(`not an IPv4 address: ${JSON.stringify(ip)}`);
  return numberOf(match);
}

/** 167772161 → `10.0.0.1`. Throws a RangeError for a number that is not an unsigned 32-bit integer. */
export function numberToIp(number: number): string {
  if (!Number.isInteger(number) || number < 0 || number > 0xffffffff) {
    throw new RangeError(`not an IPv4 address: ${String(number)}`);
  }
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}

/** The block `address` lies in; host bits may be set. Throws a RangeError for anything `isCidr` refuses. */
export function parseCidr(cidr: string): Cidr {
  const match = CIDR.exec(cidr);
  if (match === null) throw new RangeError(`not an IPv4 CIDR: ${JSON.stringify(cidr)}`);
  return cidrAround(numberOf(match), Number(match[5]));
}

/** The block of the given prefix length that holds `address`. */
export function cidrAround(address: number, prefixLength: number): Cidr {
  const size = 2 ** (32 - prefixLength);
  const network = address - (address % size);
  const broadcast = network + size - 1;
  // RFC 3021: a /31 has two hosts and neither a network nor a broadcast address; a /32 is its only host.
  const edge = prefixLength >= 31 ? 0 : 1;
  return { network, broadcast, prefixLength, first: network + edge, last: broadcast - edge };
}

/** `{network: 167772160, prefixLength: 24, …}` → `10.0.0.0/24`. */
export function formatCidr(cidr: Cidr): string {
  return `${numberToIp(cidr.network)}/${String(cidr.prefixLength)}`;
}

/** `10.0.0.5/24` → `10.0.0.0/24`. */
export function networkOf(cidr: string): string {
  return formatCidr(parseCidr(cidr));
}

/** `10.0.0.5/24` → `10.0.0.5`. */
export function addressOfCidr(cidr: string): string {
  return cidr.slice(0, cidr.indexOf('/'));
}

/** True when `10.0.0.5/24` names an address inside its block rather than the block. */
export function hasHostBits(cidr: string): boolean {
  return networkOf(cidr) !== cidr;
}

/** True when the address lies in the block, its network and broadcast address included. */
export function cidrContains(cidr: string, ip: string): boolean {
  return contains(parseCidr(cidr), ipToNumber(ip));
}

/** `cidrContains` for values already parsed. */
export function contains(cidr: Cidr, address: number): boolean {
  return address >= cidr.network && address <= cidr.broadcast;
}

/** True when the two blocks share an address. */
export function cidrsOverlap(a: string, b: string): boolean {
  return overlaps(parseCidr(a), parseCidr(b));
}

/** `cidrsOverlap` for values already parsed. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.network <= b.broadcast && b.network <= a.broadcast;
}

/** 24 → `255.255.255.0`. Throws a RangeError outside 0–32. */
export function netmask(prefixLength: number): string {
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > 32) {
    throw new RangeError(`not an IPv4 prefix length: ${String(prefixLength)}`);
  }
  return numberToIp(2 ** 32 - 2 ** (32 - prefixLength));
}

/** Order of two addresses as numbers, for `sort`: `9.0.0.1` before `10.0.0.1`. */
export function compareIps(a: string, b: string): number {
  return ipToNumber(a) - ipToNumber(b);
}

/** What is left of a range once the given addresses are cut out of it: Neutron's default pool is the hosts without the gateway. */
export function without(range: IpRange, holes: readonly number[]): readonly IpRange[] {
  const left: IpRange[] = [];
  let first = range.first;
  for (const hole of [...new Set(holes)].sort((a, b) => a - b)) {
    if (hole < first || hole > range.last) continue;
    if (hole > first) left.push({ first, last: hole - 1 });
    first = hole + 1;
  }
  if (first <= range.last) left.push({ first, last: range.last });
  return left;
}

/** `10.0.0.5/24` → `10.0.0.255`; of a /32 itself, of a /31 (which has none) the higher address. */
export function broadcastOf(cidr: string): string {
  return numberToIp(parseCidr(cidr).broadcast);
}
