import { BITS } from './block.ts';

const HOST_LENGTHS = { 4: `/${String(BITS[4])}`, 6: `/${String(BITS[6])}` } as const;

/**
 * Returns the family of a text that is an address, a block or a range: every IPv6 text has a colon, and no IPv4 text.
 * It does not check the text; `isIp` and `isCidr` do.
 */
export function familyOfText(text: string): 4 | 6 {
  return text.includes(':') ? 6 : 4;
}

/**
 * Adds the prefix length of a single host: `10.0.0.5` → `10.0.0.5/32`, `fe80::1` → `fe80::1/128`. A text with a prefix
 * length is returned unchanged.
 */
export function withHostLength(text: string): string {
  return text.includes('/') ? text : text + HOST_LENGTHS[familyOfText(text)];
}

/**
 * Removes the prefix length of a single host: `10.0.0.5/32` → `10.0.0.5`, `fe80::1/128` → `fe80::1`. A larger block,
 * such as `2001:db8::/32`, is returned unchanged.
 */
export function withoutHostLength(text: string): string {
  const length = HOST_LENGTHS[familyOfText(text)];
  return text.endsWith(length) ? text.slice(0, -length.length) : text;
}
