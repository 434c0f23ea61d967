import { formatIpv6, joinGroups, readIpv6 } from './raw/ipv6.ts';

/** The minimum MTU of an IPv6 link (RFC 8200, section 5). */
const MINIMUM_MTU = 1280;

/**
 * True if a link of this MTU has IPv6. On a smaller one the kernel has neither IPv6 nor its parameters below /proc/sys.
 */
export function carriesIpv6({ mtu }: { readonly mtu: number }): boolean {
  return mtu >= MINIMUM_MTU;
}

/** True for an IPv6 address without a zone. */
export function isIpv6(text: string): boolean {
  return readIpv6(text) !== undefined;
}

/** Returns the link-local address derived from a MAC (EUI-64, RFC 4291): `fa:16:3e:00:00:11` →
 * `fe80::f816:3eff:fe00:11/128`.
 */
export function linkLocalOf(mac: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = mac.split(':').map((byte) => Number.parseInt(byte, 16));
  const groups = [0xfe80, 0, 0, 0, ((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
  return `${formatIpv6(joinGroups(groups))}/128`;
}
