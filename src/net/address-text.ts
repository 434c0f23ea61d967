import { BITS } from './block.ts';

const HOST_LENGTHS = { 4: `/${String(BITS[4])}`, 6: `/${String(BITS[6])}` } as const;

/**
 * The family of the address, the block or the range that a text is: all texts of IPv6 have a colon, and none of IPv4.
 * Whether it is one, `isIp` and `isCidr` say.
 */
export function familyOfText(text: string): 4 | 6 {
  return text.includes(':') ? 6 : 4;
}

/**
 * `10.0.0.5` → `10.0.0.5/32`, `fe80::1` → `fe80::1/128`: the block of that host alone. A text with a prefix length
 * stays as it is.
 */
export function withHostLength(text: string): string {
  return text.includes('/') ? text : text + HOST_LENGTHS[familyOfText(text)];
}

/** `10.0.0.5/32` → `10.0.0.5`, `fe80::1/128` → `fe80::1`. A wider block stays as it is, and so does `2001:db8::/32`. */
export function withoutHostLength(text: string): string {
  const length = HOST_LENGTHS[familyOfText(text)];
  return text.endsWith(length) ? text.slice(0, -length.length) : text;
}
