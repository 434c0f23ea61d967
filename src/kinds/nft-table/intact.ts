import type { NftChain, NftTable } from '../../kernel/netfilter/nft.ts';
import { CHAINS, isTapElement, SETS, type SetName } from '../../kernel/netfilter/spoof-table.ts';

/**
 * Returns whether the table is as netloom creates it: exactly its sets and chains, and in the sets only elements that a
 * tap can have.
 */
export function isIntact({ flags, sets, chains, others }: NftTable): boolean {
  const declared = Object.entries(SETS) as readonly [SetName, string][];
  return (
    flags === '' &&
    others.length === 0 &&
    sets.size === declared.length &&
    chains.size === CHAINS.size &&
    declared.every(([name, text]) => {
      const set = sets.get(name);
      return set?.declared === text && set.elements.every((element) => isTapElement(name, element));
    }) &&
    [...CHAINS].every(([name, chain]) => isSame(chains.get(name), chain))
  );
}

function isSame(one: NftChain | undefined, other: NftChain): boolean {
  return one?.declared === other.declared && one.rules.join('\n') === other.rules.join('\n');
}
