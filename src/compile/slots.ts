import { chain } from '../kinds/chain/spec.ts';
import type { ChainContribution, Contribution, RulesContribution } from '../model/feature.ts';
import type { Netns, Resource } from '../model/resource.ts';

type InChain = ChainContribution | RulesContribution;

/** A declared chain and what its slots hold so far, in the order of the declaration. */
interface Filling {
  readonly declared: ChainContribution;
  readonly rules: readonly string[][];
}

/**
 * Puts every chain together from its slots: in the order its declaration names them, and within one in the order of the
 * contributions. Whole resources go through. Rules for a chain or slot that nobody declared are a mistake of a feature, and thrown.
 */
export function fillSlots(contributions: readonly Contribution[]): readonly Resource[] {
  const chains = new Chains();
  for (const contribution of contributions) if (contribution.type === 'chain') chains.declare(contribution);
  for (const contribution of contributions) if (contribution.type === 'rules') chains.fill(contribution);
  const resources: Resource[] = [];
  for (const contribution of contributions) {
    if (contribution.type === 'resource') resources.push(contribution.resource);
    if (contribution.type === 'chain') resources.push(chains.built(contribution));
  }
  return resources;
}

/** All chains of all namespaces. There are tens of thousands: maps within maps spare a long key for each. */
class Chains {
  readonly #namespaces = new Map<string, Map<Netns, Map<string, Filling>>>();

  declare(declared: ChainContribution): void {
    const chains = this.#chainsBeside(declared);
    const key = keyOf(declared);
    if (chains.has(key)) throw new Error(`the chain ${placeOf(declared)} is declared twice: ${declared.origin.path}`);
    chains.set(key, { declared, rules: declared.slots.map(() => []) });
  }

  fill(rules: RulesContribution): void {
    const filling = this.#chainsBeside(rules).get(keyOf(rules));
    const slot = filling?.rules[filling.declared.slots.indexOf(rules.slot)];
    if (slot === undefined) {
      const missing = filling ? `slot ${rules.slot} of chain` : 'chain';
      throw new Error(`nobody declared the ${missing} ${placeOf(rules)}, which ${rules.origin.path} fills`);
    }
    for (const rule of rules.rules) slot.push(rule);
  }

  built(declared: ChainContribution): Resource {
    const filling = this.#chainsBeside(declared).get(keyOf(declared));
    return chain(declared, filling?.rules.flat() ?? [], declared.origin);
  }

  #chainsBeside({ node, netns }: InChain): Map<string, Filling> {
    const onNode = this.#namespaces.get(node) ?? new Map<Netns, Map<string, Filling>>();
    const chains = onNode.get(netns) ?? new Map<string, Filling>();
    this.#namespaces.set(node, onNode.set(netns, chains));
    return chains;
  }
}

function keyOf({ family, table, chain: name }: InChain): string {
  return `${String(family)}/${table}/${name}`;
}

function placeOf(contribution: InChain): string {
  return `${contribution.node}/${contribution.netns ?? '-'}/${keyOf(contribution)}`;
}
