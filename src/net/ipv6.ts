import { ipToNumber, isIpv4, numberToIp } from './ipv4.ts';

/** What every link of IPv6 carries (RFC 8200, section 5). */
const LEAST_MTU = 1280;

/** Whether a link of this MTU has IPv6: on a smaller one the kernel has none, nor its parameters below /proc/sys. */
export function carriesIpv6({ mtu }: { readonly mtu: number }): boolean {
  return mtu >= LEAST_MTU;
}

const HEX = /^[0-9a-fA-F]{1,4}$/;

/** The 16-bit groups of a piece of an address between `::` and an end; dotted decimals may stand for the last two. */
function groupsOf(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const words = text.split(':');
  const last = words.at(-1) ?? '';
  const tail = last.includes('.') ? dottedGroups(last) : [];
  const hex = last.includes('.') ? words.slice(0, -1) : words;
  if (tail === undefined || !hex.every((word) => HEX.test(word))) return undefined;
  return [...hex.map((word) => parseInt(word, 16)), ...tail];
}

function dottedGroups(text: string): readonly number[] | undefined {
  if (!isIpv4(text)) return undefined;
  const number = ipToNumber(text);
  return [number >>> 16, number & 0xffff];
}

/** `2001:db8::1` → its eight 16-bit groups; `undefined` for what is no IPv6 address. A zone (`%eth0`) is none. */
function parseIpv6(text: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = text.split('::');
  const before = groupsOf(head);
  if (tail === undefined) return before?.length === 8 ? before : undefined;
  const after = groupsOf(tail);
  if (more.length > 0 || !before || !after || before.length + after.length > 7 || head.includes('.')) return undefined;
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** The first of the longest runs of two and more zeros, as `[start, length]`. */
function longestZeros(groups: readonly number[]): readonly [number, number] {
  let best: readonly [number, number] = [-1, 1];
  for (let start = 0; start < groups.length; start += 1) {
    let end = start;
    while (groups[end] === 0) end += 1;
    if (end - start > best[1]) best = [start, end - start];
  }
  return best;
}

/** Eight groups as inet_ntop(3) writes them: with dotted decimals where an IPv4 address is embedded. */
function formatIpv6(groups: readonly number[]): string {
  const [start, length] = longestZeros(groups);
  const hex = (some: readonly number[]): string => some.map((group) => group.toString(16)).join(':');
  if (start < 0) return hex(groups);
  if (start === 0 && (length === 6 || (length === 5 && groups[5] === 0xffff))) {
    const [high = 0, low = 0] = groups.slice(6);
    return `::${length === 5 ? 'ffff:' : ''}${numberToIp(high * 0x10000 + low)}`;
  }
  return `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}

/**
 * `2001:DB8:0::5/64` → `2001:db8::/64`, as glibc and the kernel's tools write it. Throws a RangeError for what is no IPv6 address with a prefix length
 * from 0 to 128.
 */
export function networkOf6(cidr: string): string {
  const [address = '', length = '', ...more] = cidr.split('/');
  const groups = parseIpv6(address);
  if (groups === undefined || more.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > 128) {
    throw new RangeError(`not an IPv6 CIDR: ${JSON.stringify(cidr)}`);
  }
  const bits = Number(length);
  const network = groups.map((group, i) => {
    const kept = Math.min(16, Math.max(0, bits - i * 16));
    return group & (0xffff << (16 - kept));
  });
  return `${formatIpv6(network)}/${bits}`;
}

/** True for an IPv6 address without a zone. */
export function isIpv6(text: string): boolean {
  return parseIpv6(text) !== undefined;
}

/** The link-local address that a machine makes of a MAC (EUI-64, RFC 4291): `fa:16:3e:00:00:11` → `fe80::f816:3eff:fe00:11/128`. */
export function linkLocalOf(mac: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = mac.split(':').map((byte) => Number.parseInt(byte, 16));
  return `${formatIpv6([0xfe80, 0, 0, 0, ((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f])}/128`;
}
