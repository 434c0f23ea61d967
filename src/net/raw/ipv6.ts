import { formatIpv4, readIpv4 } from './ipv4.ts';

const HEX = /^[0-9a-fA-F]{1,4}$/;

/**
 * Returns the 16-bit groups of a part of an address before or after `::`; its last two may be written in dotted
 * decimals.
 */
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
  const number = readIpv4(text);
  return number === undefined ? undefined : [number >>> 16, number & 0xffff];
}

/**
 * Returns the eight 16-bit groups of an IPv6 address; `undefined` for any other text. An address with a zone (`%eth0`)
 * is refused.
 */
function readGroups(text: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = text.split('::');
  const before = groupsOf(head);
  if (tail === undefined) return before?.length === 8 ? before : undefined;
  const after = groupsOf(tail);
  if (more.length > 0 || !before || !after || before.length + after.length > 7 || head.includes('.')) return undefined;
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** Returns the first of the longest runs of two or more zeros, as `[start, length]`. */
function longestZeros(groups: readonly number[]): readonly [number, number] {
  let best: readonly [number, number] = [-1, 1];
  for (let start = 0; start < groups.length; start += 1) {
    let end = start;
    while (groups[end] === 0) end += 1;
    if (end - start > best[1]) best = [start, end - start];
  }
  return best;
}

/** Joins eight groups into one number, the first in the highest bits. */
export function joinGroups(groups: readonly number[]): bigint {
  return BigInt(`0x${groups.map((group) => group.toString(16).padStart(4, '0')).join('')}`);
}

/** Returns the 128-bit number of an IPv6 address; `undefined` for any other text. */
export function readIpv6(text: string): bigint | undefined {
  const groups = readGroups(text);
  return groups && joinGroups(groups);
}

/**
 * Reads an IPv6 address with a prefix length 0–128: `2001:db8::5/64` → its 128-bit number, and 64. `undefined` for any
 * other text.
 */
export function readIpv6Cidr(text: string): readonly [number: bigint, prefixLength: number] | undefined {
  const [address = '', length = '', ...more] = text.split('/');
  const number = readIpv6(address);
  if (number === undefined || more.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > 128) return undefined;
  return [number, Number(length)];
}

/** Returns 128 bits as inet_ntop(3) writes them: with dotted decimals if an IPv4 address is embedded. */
export function formatIpv6(number: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((number >> BigInt(112 - 16 * i)) & 0xffffn));
  const [start, length] = longestZeros(groups);
  const hex = (some: readonly number[]): string => some.map((group) => group.toString(16)).join(':');
  if (start < 0) return hex(groups);
  if (start === 0 && (length === 6 || (length === 5 && groups[5] === 0xffff))) {
    return `::${length === 5 ? 'ffff:' : ''}${formatIpv4(Number(number & 0xffffffffn))}`;
  }
  return `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}
