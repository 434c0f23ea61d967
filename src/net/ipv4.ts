import { formatIpv4, readIpv4 } from './raw/ipv4.ts';

/** True for four decimal numbers 0–255 without leading zeros, and nothing else. */
export function isIpv4(text: string): boolean {
  return readIpv4(text) !== undefined;
}

/** Returns the netmask of a prefix length: 24 → `255.255.255.0`. Throws a RangeError outside 0–32. */
export function netmask(prefixLength: number): string {
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > 32) {
    throw new RangeError(`not an IPv4 prefix length: ${String(prefixLength)}`);
  }
  return formatIpv4(2 ** 32 - 2 ** (32 - prefixLength));
}
