import type { ChainContribution, Contribution, RulesContribution } from '../model/feature.ts';
import type { Resource } from '../model/resource.ts';
import { Filling, tableOf, undeclared } from './filling.ts';
import type { InChain } from './filling.ts';

/**
 * Puts every chain together from its slots: in the order its declaration names them, and within one in the order of the
 * contributions. Whole resources go through. Rules for a chain or slot that nobody declared are a mistake of a feature, and thrown.
 */
export function fillSlots(contributions: Iterable<Contribution>): readonly Resource[] {
  const chains = new Chains();
  // Nothing is kept of a contribution but what is in the end wanted of it: there may be a hundred thousand.
  const parts: (Resource | Filling)[] = [];
  for (const contribution of contributions) {
    if (contribution.type === 'resource') parts.push(contribution.resource);
    else if (contribution.type === 'rules') chains.fill(contribution);
    else {
      const declared = chains.declare(contribution);
      if (declared) parts.push(declared);
    }
  }
  chains.complain();
  return parts.map((part) => (part instanceof Filling ? part.chain() : part));
}

/** The chains of one table of a namespace, by their names. */
interface Table {
  readonly one: InChain;
  readonly chains: Map<string, Filling>;
}

/** All chains of all namespaces: tens of thousands, of which those of one table mostly come one after the other. */
class Chains {
  readonly #tables = new Map<string, Table>();
  #latest: Table | undefined;
  readonly #undeclared = new Set<Filling>();

  /** The chain on its way; nothing where another has declared it before. */
  declare(declared: ChainContribution): Filling | undefined {
    const filling = this.#at(declared);
    const isFirst = !filling.isDeclared;
    filling.declare(declared);
    if (this.#undeclared.size > 0) this.#undeclared.delete(filling);
    return isFirst ? filling : undefined;
  }

  fill(rules: RulesContribution): void {
    const filling = this.#at(rules);
    filling.give(rules);
    if (filling.waiting !== undefined) this.#undeclared.add(filling);
  }

  /** To be called at the end: a chain that is still missing will not come. */
  complain(): void {
    for (const { waiting } of this.#undeclared) for (const rules of waiting ?? []) throw undeclared('chain', rules);
  }

  #at(contribution: InChain): Filling {
    const { chains } = this.#tableOf(contribution);
    let filling = chains.get(contribution.chain);
    if (filling === undefined) chains.set(contribution.chain, (filling = new Filling()));
    return filling;
  }

  #tableOf(contribution: InChain): Table {
    if (this.#latest !== undefined && sameTable(this.#latest.one, contribution)) return this.#latest;
    const key = tableOf(contribution);
    let table = this.#tables.get(key);
    if (table === undefined) {
      this.#tables.set(key, (table = { one: contribution, chains: new Map<string, Filling>() }));
    }
    return (this.#latest = table);
  }
}

function sameTable(a: InChain, b: InChain): boolean {
  return a.table === b.table && a.family === b.family && a.netns === b.netns && a.node === b.node;
}
