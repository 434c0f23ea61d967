const OCTET = String.raw`(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const DOTTED = [OCTET, OCTET, OCTET, OCTET].join(String.raw`\.`);
// A library takes four times as long, and a large file has thousands of addresses and CIDRs.
const IPV4 = new RegExp(`^${DOTTED}$`);
const CIDR = new RegExp(String.raw`^${DOTTED}/(3[0-2]|[0-2]?\d)$`);

/** Returns the number of the first four groups of a match. */
function numberOf(match: RegExpExecArray): number {
  return ((Number(match[1]) * 256 + Number(match[2])) * 256 + Number(match[3])) * 256 + Number(match[4]);
}

/**
 * Reads an IPv4 address: `10.0.0.1` → 167772161. `undefined` for anything but four decimal numbers 0–255 without
 * leading zeros.
 */
export function readIpv4(text: string): number | undefined {
  const match = IPV4.exec(text);
  return match === null ? undefined : numberOf(match);
}

/**
 * Reads an IPv4 address with a prefix length 0–32: `10.0.0.5/24` → 167772165 and 24. `undefined` for any other text.
 */
export function readIpv4Cidr(text: string): readonly [number: number, prefixLength: number] | undefined {
  const match = CIDR.exec(text);
  return match === null ? undefined : [numberOf(match), Number(match[5])];
}

/**
 * Returns a number as an IPv4 address: 167772161 → `10.0.0.1`. Throws a RangeError for anything but an unsigned 32-bit
 * integer.
 */
export function formatIpv4(number: number): string {
  if (!Number.isInteger(number) || number < 0 || number > 0xffffffff) {
    throw new RangeError(`not an IPv4 address: ${String(number)}`);
  }
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}
