import { chain } from '../kinds/chain/spec.ts';
import type { ChainContribution, Contribution, RulesContribution } from '../model/feature.ts';
import type { Netns, Resource } from '../model/resource.ts';

type InChain = ChainContribution | RulesContribution;

/** A chain on its way. Rules may come before their chain is declared; then they wait. */
interface Filling {
  declared: ChainContribution | undefined;
  readonly waiting: RulesContribution[];
  /** What each slot was given, by the place of its name in the declaration. */
  readonly given: (readonly string[])[][];
}

/**
 * Puts every chain together from its slots: in the order its declaration names them, and within one in the order of the
 * contributions. Whole resources go through. Rules for a chain or slot that nobody declared are a mistake of a feature, and thrown.
 */
export function fillSlots(contributions: Iterable<Contribution>): readonly Resource[] {
  const chains = new Chains();
  // Nothing is kept of a contribution but what is in the end wanted of it: there may be a hundred thousand.
  const parts: (Resource | (() => Resource))[] = [];
  for (const contribution of contributions) {
    if (contribution.type === 'resource') parts.push(contribution.resource);
    else if (contribution.type === 'rules') chains.fill(contribution);
    else {
      const filling = chains.declare(contribution);
      parts.push(() => chain(contribution, rulesOf(filling, contribution), contribution.origin));
    }
  }
  chains.complain();
  return parts.map((part) => (typeof part === 'function' ? part() : part));
}

function rulesOf({ given }: Filling, { slots }: ChainContribution): readonly string[] {
  const [only] = given;
  // As a rule a chain holds one run of fixed rules, which all routers share.
  if (slots.length <= 1 && (only?.length ?? 0) <= 1) return only?.[0] ?? [];
  return slots.flatMap((_, slot) => given[slot]?.flat() ?? []);
}

/** All chains of all namespaces. There are tens of thousands: maps within maps spare a long key for each. */
class Chains {
  readonly #namespaces = new Map<string, Map<Netns, Map<string, Filling>>>();
  readonly #undeclared = new Set<Filling>();

  declare(declared: ChainContribution): Filling {
    const filling = this.#at(declared);
    if (filling.declared) throw new Error(`the chain ${placeOf(declared)} is declared twice: ${declared.origin.path}`);
    filling.declared = declared;
    if (filling.waiting.length > 0) this.#undeclared.delete(filling);
    for (const rules of filling.waiting) give(filling, declared, rules);
    return filling;
  }

  fill(rules: RulesContribution): void {
    const filling = this.#at(rules);
    if (filling.declared) give(filling, filling.declared, rules);
    else {
      filling.waiting.push(rules);
      this.#undeclared.add(filling);
    }
  }

  /** To be called at the end: a chain that is still missing will not come. */
  complain(): void {
    for (const { waiting } of this.#undeclared) for (const rules of waiting) throw undeclared('chain', rules);
  }

  #at(contribution: InChain): Filling {
    const { node, netns } = contribution;
    let onNode = this.#namespaces.get(node);
    if (onNode === undefined) this.#namespaces.set(node, (onNode = new Map<Netns, Map<string, Filling>>()));
    let chains = onNode.get(netns);
    if (chains === undefined) onNode.set(netns, (chains = new Map<string, Filling>()));
    const key = keyOf(contribution);
    let filling = chains.get(key);
    if (filling === undefined) {
      chains.set(key, (filling = { declared: undefined, waiting: [], given: [] }));
    }
    return filling;
  }
}

function give({ given }: Filling, { slots }: ChainContribution, contribution: RulesContribution): void {
  const slot = slots.indexOf(contribution.slot);
  if (slot < 0) throw undeclared(`slot ${contribution.slot} of chain`, contribution);
  const before = given[slot];
  if (before) before.push(contribution.rules);
  else given[slot] = [contribution.rules];
}

function undeclared(what: string, contribution: RulesContribution): Error {
  return new Error(`nobody declared the ${what} ${placeOf(contribution)}, which ${contribution.origin.path} fills`);
}

function keyOf({ family, table, chain: name }: InChain): string {
  return `${String(family)}/${table}/${name}`;
}

function placeOf(contribution: InChain): string {
  return `${contribution.node}/${contribution.netns ?? '-'}/${keyOf(contribution)}`;
}
