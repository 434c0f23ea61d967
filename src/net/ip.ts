import { formatIpv4, readIpv4 } from './raw/ipv4.ts';
import { formatIpv6, readIpv6 } from './raw/ipv6.ts';
import { ipv4, ipv6, raw } from './raw/address.ts';
import type { Ip } from './raw/address.ts';

export type { Ip } from './raw/address.ts';

/** Reads an address. Throws a RangeError for anything `isIp` refuses. */
export function parseIp(text: string): Ip {
  const number = readIpv4(text);
  if (number !== undefined) return ipv4(number);
  const wide = readIpv6(text);
  if (wide === undefined) throw new RangeError(`not an IP address: ${JSON.stringify(text)}`);
  return ipv6(wide);
}

/** True for an IPv4 address in dotted decimals, and for an IPv6 address without a zone. */
export function isIp(text: string): boolean {
  return readIpv4(text) !== undefined || readIpv6(text) !== undefined;
}

/** Returns an address as iproute2 writes it: `10.0.0.1`, `2001:db8::1`. */
export function formatIp(ip: Ip): string {
  const value = raw(ip);
  return typeof value === 'number' ? formatIpv4(value) : formatIpv6(value);
}

/** Returns the family of an address. */
export function familyOf(ip: Ip): 4 | 6 {
  return typeof raw(ip) === 'number' ? 4 : 6;
}

/** Compares two addresses, for `sort`: `9.0.0.1` before `10.0.0.1`, and IPv4 before IPv6. */
export function compareIps(a: Ip, b: Ip): number {
  const one = raw(a);
  const other = raw(b);
  if (typeof one === 'number') return typeof other === 'number' ? one - other : -1;
  if (typeof other === 'number') return 1;
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Returns the bytes of an address in hexadecimal: 8 digits for IPv4 (`0a000001`), 32 for IPv6. */
export function hexOf(ip: Ip): string {
  return raw(ip)
    .toString(16)
    .padStart(familyOf(ip) === 4 ? 8 : 32, '0');
}

/** Reads an address in the form of `hexOf`; `undefined` for any other text. */
export function ipOfHex(text: string): Ip | undefined {
  if (/^[0-9a-f]{8}$/.test(text)) return ipv4(Number.parseInt(text, 16));
  return /^[0-9a-f]{32}$/.test(text) ? ipv6(BigInt(`0x${text}`)) : undefined;
}
