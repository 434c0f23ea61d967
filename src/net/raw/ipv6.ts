import { formatIpv4, readIpv4 } from './ipv4.ts';

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
  const number = readIpv4(text);
  return number === undefined ? undefined : [number >>> 16, number & 0xffff];
}

/** `2001:db8::1` → its eight 16-bit groups; `undefined` for what is no IPv6 address. A zone (`%eth0`) is none. */
function readGroups(text: string): readonly number[] | undefined {
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

/** Eight groups as one number, the first in its highest bits. */
export function joinGroups(groups: readonly number[]): bigint {
  return BigInt(`0x${groups.map((group) => group.toString(16).padStart(4, '0')).join('')}`);
}

/** `2001:db8::1` → the number of its 128 bits; `undefined` for what is no IPv6 address. */
export function readIpv6(text: string): bigint | undefined {
  const groups = readGroups(text);
  return groups && joinGroups(groups);
}

/**
 * `2001:db8::5/64` → the number of its 128 bits, and 64. `undefined` for anything but an IPv6 address with a prefix
 * length 0–128.
 */
export function readIpv6Cidr(text: string): readonly [number: bigint, prefixLength: number] | undefined {
  const [address = '', length = '', ...more] = text.split('/');
  const number = readIpv6(address);
  if (number === undefined || more.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > 128) return undefined;
  return [number, Number(length)];
}

/** 128 bits as inet_ntop(3) writes them: with dotted decimals where an IPv4 address is embedded. */
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
