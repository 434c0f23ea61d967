import { chain } from '../kinds/chain/spec.ts';
import type { ChainContribution, RulesContribution } from '../model/feature.ts';
import type { Resource } from '../model/resource.ts';

/** What has to do with one chain. */
export type InChain = ChainContribution | RulesContribution;

/** A chain on its way. Rules may come before their chain is declared; then they wait. */
export class Filling {
  #declared: ChainContribution | undefined;
  #waiting: RulesContribution[] | undefined;
  /** Several declared it. */
  #isJoint = false;
  /** What each slot was given, by the place of its name in the declaration. */
  readonly #given: (readonly string[])[][] = [];

  get isDeclared(): boolean {
    return this.#declared !== undefined;
  }

  /** The rules that wait for a declaration. */
  get waiting(): readonly RulesContribution[] | undefined {
    return this.#waiting;
  }

  /** Says which slots there are; rules that came before are put into theirs. */
  declare(declared: ChainContribution): void {
    if (this.#declared) {
      if (declared.shared !== true || this.#declared.shared !== true)
        throw new Error(`the chain ${placeOf(declared)} is declared twice: ${declared.origin.path}`);
      const { slots } = this.#declared;
      declared = { ...this.#declared, slots: [...slots, ...declared.slots.filter((slot) => !slots.includes(slot))] };
      this.#isJoint = true;
    }
    this.#declared = declared;
    if (this.#waiting === undefined) return;
    for (const rules of this.#waiting) this.give(rules);
    this.#waiting = undefined;
  }

  /** Takes rules for a slot. */
  give(contribution: RulesContribution): void {
    if (this.#declared === undefined) {
      (this.#waiting ??= []).push(contribution);
      return;
    }
    const slot = this.#declared.slots.indexOf(contribution.slot);
    if (slot < 0) throw undeclared(`slot ${contribution.slot} of chain`, contribution);
    const before = this.#given[slot];
    if (before) before.push(contribution.rules);
    else this.#given[slot] = [contribution.rules];
  }

  /** The chain as it is now. */
  chain(): Resource {
    if (this.#declared === undefined) throw new Error('a chain is put together that nobody declared');
    return chain(this.#declared, this.#rules(this.#declared.slots.length), this.#declared.origin);
  }

  #rules(slots: number): readonly string[] {
    const only = this.#given[0];
    // As a rule a chain holds one run of fixed rules, which all routers share.
    if (slots <= 1 && (only?.length ?? 0) <= 1) return only?.[0] ?? [];
    const all = Array.from({ length: slots }, (_, slot) => this.#given[slot]?.flat() ?? []).flat();
    return this.#isJoint ? [...new Set(all)] : all;
  }
}

/** The table a contribution goes to, in the words of a message. */
export function tableOf({ node, netns, family, table }: InChain): string {
  return `${node}/${netns ?? '-'}/${String(family)}/${table}`;
}

function placeOf(contribution: InChain): string {
  return `${tableOf(contribution)}/${contribution.chain}`;
}

/** The mistake of a feature that fills what nobody declared. */
export function undeclared(what: string, contribution: RulesContribution): Error {
  return new Error(`nobody declared the ${what} ${placeOf(contribution)}, which ${contribution.origin.path} fills`);
}
