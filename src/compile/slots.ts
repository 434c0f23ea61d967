import type { ChainContribution, Contribution, RulesContribution } from '../model/feature.ts';
import type { Resource } from '../model/resource.ts';
import { ChainBuilder, tablePath, undeclared } from './chain-builder.ts';
import type { InChain } from './chain-builder.ts';

/**
 * Builds every chain from its slots, in the order of its declaration, and within a slot in the order of the
 * contributions. Other resources are returned unchanged. Throws if a feature contributes to an undeclared chain or
 * slot.
 */
export function fillSlots(contributions: Iterable<Contribution>): readonly Resource[] {
  const chains = new Chains();
  // Contributions themselves are not kept: there may be a hundred thousand.
  const parts: (Resource | ChainBuilder)[] = [];
  for (const contribution of contributions) {
    if (contribution.type === 'resource') parts.push(contribution.resource);
    else if (contribution.type === 'rules') chains.fill(contribution);
    else {
      const declared = chains.declare(contribution);
      if (declared) parts.push(declared);
    }
  }
  chains.assertDeclared();
  return parts.map((part) => (part instanceof ChainBuilder ? part.chain() : part));
}

/** The chains of one table of a namespace, by their names. */
interface Table {
  readonly one: InChain;
  readonly chains: Map<string, ChainBuilder>;
}

/**
 * All chains of all namespaces: tens of thousands. Those of one table mostly come in sequence, so the last is cached.
 */
class Chains {
  readonly #tables = new Map<string, Table>();
  #latest: Table | undefined;
  readonly #undeclared = new Set<ChainBuilder>();

  /** Returns the builder of the chain; `undefined` if the chain is declared already. */
  declare(declared: ChainContribution): ChainBuilder | undefined {
    const builder = this.#at(declared);
    const isFirst = !builder.isDeclared;
    builder.declare(declared);
    if (this.#undeclared.size > 0) this.#undeclared.delete(builder);
    return isFirst ? builder : undefined;
  }

  fill(rules: RulesContribution): void {
    const builder = this.#at(rules);
    builder.add(rules);
    if (builder.waiting !== undefined) this.#undeclared.add(builder);
  }

  /** Throws if a chain has rules and no declaration. Called after the last contribution. */
  assertDeclared(): void {
    for (const { waiting } of this.#undeclared) for (const rules of waiting ?? []) throw undeclared('chain', rules);
  }

  #at(contribution: InChain): ChainBuilder {
    const { chains } = this.#tablePath(contribution);
    let builder = chains.get(contribution.chain);
    if (builder === undefined) chains.set(contribution.chain, (builder = new ChainBuilder()));
    return builder;
  }

  #tablePath(contribution: InChain): Table {
    if (this.#latest !== undefined && sameTable(this.#latest.one, contribution)) return this.#latest;
    const key = tablePath(contribution);
    let table = this.#tables.get(key);
    if (table === undefined) {
      this.#tables.set(key, (table = { one: contribution, chains: new Map<string, ChainBuilder>() }));
    }
    return (this.#latest = table);
  }
}

function sameTable(a: InChain, b: InChain): boolean {
  return a.table === b.table && a.family === b.family && a.netns === b.netns && a.node === b.node;
}
