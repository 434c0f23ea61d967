const OCTET = String.raw`(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const DOTTED = [OCTET, OCTET, OCTET, OCTET].join(String.raw`\.`);
// The two are read here and not by a library, which needs four times as long: a large file has thousands of them.
const IPV4 = new RegExp(`^${DOTTED}$`);
const CIDR = new RegExp(String.raw`^${DOTTED}/(3[0-2]|[0-2]?\d)$`);

/** The number that the first four groups of a match spell. */
function numberOf(match: RegExpExecArray): number {
  return ((Number(match[1]) * 256 + Number(match[2])) * 256 + Number(match[3])) * 256 + Number(match[4]);
}

/** `10.0.0.1` → 167772161; `undefined` for anything but four decimal numbers 0–255 without leading zeros. */
export function readIpv4(text: string): number | undefined {
  const match = IPV4.exec(text);
  return match === null ? undefined : numberOf(match);
}

/** `10.0.0.5/24` → 167772165 and 24. `undefined` for anything but an IPv4 address with a prefix length 0–32. */
export function readIpv4Cidr(text: string): readonly [number: number, prefixLength: number] | undefined {
  const match = CIDR.exec(text);
  return match === null ? undefined : [numberOf(match), Number(match[5])];
}

/** 167772161 → `10.0.0.1`. Throws a RangeError for a number that is not an unsigned 32-bit integer. */
export function formatIpv4(number: number): string {
  if (!Number.isInteger(number) || number < 0 || number > 0xffffffff) {
    throw new RangeError(`not an IPv4 address: ${String(number)}`);
  }
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}
