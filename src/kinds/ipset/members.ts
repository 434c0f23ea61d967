import type { Family } from '../../model/command.ts';
import { withHostLength } from '../../net/address-text.ts';
import { BITS, formatBlock, parseBlock } from '../../net/block.ts';
import { familyOf, formatIp } from '../../net/ip.ts';

const HALVES: Readonly<Record<Family, readonly string[]>> = {
  4: ['0.0.0.0/1', '128.0.0.0/1'],
  6: ['::/1', '8000::/1'],
};

/** Returns members in the writing and order in which specs are compared: the kernel prints them unordered. */
export function sortedMembers(members: Iterable<string>): readonly string[] {
  return [...new Set(members)].sort();
}

/** Returns an address or a block as `ipset save` writes it: without host bits, and an address without its length. */
function written(family: Family, text: string): readonly string[] {
  const block = parseBlock(withHostLength(text));
  const { network, prefixLength } = block;
  if (familyOf(network) !== family) throw new RangeError(`not of IPv${family}: ${text}`);
  if (prefixLength === 0) return HALVES[family];
  return [prefixLength === BITS[family] ? formatIp(network) : formatBlock(block)];
}

/**
 * Returns the members of a set with these addresses and blocks. Throws a RangeError for one that is not of the family.
 */
export function membersOf(family: Family, texts: readonly string[]): readonly string[] {
  return sortedMembers(texts.flatMap((text) => written(family, text)));
}
