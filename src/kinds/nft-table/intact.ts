import type { NftChain, NftTable } from '../../kernel/netfilter/nft.ts';
import { isDeclared, isTapElement, spoofTable } from '../../kernel/netfilter/spoof-table.ts';
import type { NftTableSpec } from './spec.ts';

/**
 * Returns the spec of an observed table. It is intact if it is as netloom creates it: exactly its sets and chains, and
 * in the sets only elements that a tap can have.
 */
export function tableSpecOf(table: NftTable): NftTableSpec {
  const clients = table.sets.has('clients');
  return { intact: isIntact(table, clients), clients };
}

function isIntact({ flags, sets, chains, others }: NftTable, clients: boolean): boolean {
  const desired = spoofTable({ clients });
  return (
    flags === '' &&
    others.length === 0 &&
    sets.size === desired.sets.size &&
    chains.size === desired.chains.size &&
    [...desired.sets.keys()].every((name) => {
      const set = sets.get(name);
      return isDeclared(name, set?.declared) && set?.elements.every((element) => isTapElement(name, element)) === true;
    }) &&
    [...desired.chains].every(([name, chain]) => isSame(chains.get(name), chain))
  );
}

function isSame(one: NftChain | undefined, other: NftChain): boolean {
  return one?.declared === other.declared && one.rules.join('\n') === other.rules.join('\n');
}
