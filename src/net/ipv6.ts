import { isIPv6 } from 'node:net';
import { ipToNumber, numberToIp } from './ipv4.ts';

/** What every link of IPv6 carries (RFC 8200, section 5). */
const LEAST_MTU = 1280;

/** Whether a link of this MTU has IPv6: on a smaller one the kernel has none, nor its parameters below /proc/sys. */
export function carriesIpv6({ mtu }: { readonly mtu: number }): boolean {
  return mtu >= LEAST_MTU;
}

/** True for an IPv6 address without a zone. */
export function isIpv6(text: string): boolean {
  return isIPv6(text) && !text.includes('%');
}

/** The address as a number. Only for what `isIpv6` takes. */
export function ipv6ToNumber(text: string): bigint {
  const dotted = /[0-9.]+$/.exec(text)?.[0] ?? '';
  const whole = dotted.includes('.')
    ? text.slice(0, -dotted.length) + groupsOf(BigInt(ipToNumber(dotted)), 2).join(':')
    : text;
  const [head = '', tail] = whole.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

function groupsOf(number: bigint, count: number): string[] {
  return Array.from({ length: count }, (_, at) => ((number >> BigInt(16 * (count - 1 - at))) & 0xffffn).toString(16));
}

/** The address as inet_ntop(3) writes it, and with it all of the kernel's tools: RFC 5952, and IPv4 behind `::ffff:` with dots. */
export function numberToIpv6(number: bigint): string {
  if (number >> 32n === 0xffffn) return `::ffff:${numberToIp(Number(number & 0xffffffffn))}`;
  const groups = groupsOf(number, 8);
  let longest = { at: 0, length: 1 };
  for (let at = 0; at < 8; at += 1) {
    let length = 0;
    while (groups[at + length] === '0') length += 1;
    if (length > longest.length) longest = { at, length };
  }
  if (longest.length < 2) return groups.join(':');
  return `${groups.slice(0, longest.at).join(':')}::${groups.slice(longest.at + longest.length).join(':')}`;
}

/** `2001:DB8::7/32` as `2001:db8::/32`: the network of an address with a prefix length, written as the kernel's tools do. */
export function networkOfIpv6(prefix: string): string {
  const [address = '', length = '128'] = prefix.split('/');
  const low = BigInt(128 - Number(length));
  return `${numberToIpv6((ipv6ToNumber(address) >> low) << low)}/${length}`;
}
