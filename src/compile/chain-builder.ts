import { chain } from '../kinds/chain/spec.ts';
import type { ChainContribution, RulesContribution } from '../model/feature.ts';
import type { Origin, Resource } from '../model/resource.ts';

/** A contribution to one chain. */
export type InChain = ChainContribution | RulesContribution;

/** Builds a chain from its declaration and its rules. Rules that come before the declaration wait for it. */
export class ChainBuilder {
  #declared: ChainContribution | undefined;
  #waiting: RulesContribution[] | undefined;
  /** Several features declared the chain. */
  #isJoint = false;
  /** The rules of each slot, by the slot's index in the declaration. */
  readonly #slots: SlotRules[] = [];
  /** Some rules have another origin than the chain. */
  #hasOrigins = false;

  get isDeclared(): boolean {
    return this.#declared !== undefined;
  }

  /** The rules that wait for a declaration. */
  get waiting(): readonly RulesContribution[] | undefined {
    return this.#waiting;
  }

  /** Declares the slots, and adds the rules that waited for them. */
  declare(declared: ChainContribution): void {
    if (this.#declared) {
      if (declared.shared !== true || this.#declared.shared !== true)
        throw new Error(`the chain ${chainPath(declared)} is declared twice: ${declared.origin.path}`);
      const { slots } = this.#declared;
      declared = { ...this.#declared, slots: [...slots, ...declared.slots.filter((slot) => !slots.includes(slot))] };
      this.#isJoint = true;
    }
    this.#declared = declared;
    if (this.#waiting === undefined) return;
    for (const rules of this.#waiting) this.add(rules);
    this.#waiting = undefined;
  }

  /** Adds rules to a slot. */
  add(contribution: RulesContribution): void {
    if (this.#declared === undefined) {
      (this.#waiting ??= []).push(contribution);
      return;
    }
    const slot = this.#declared.slots.indexOf(contribution.slot);
    if (slot < 0) throw undeclared(`slot ${contribution.slot} of chain`, contribution);
    this.#hasOrigins ||= contribution.origin !== this.#declared.origin;
    const before = this.#slots[slot];
    if (before) before.add(contribution);
    else this.#slots[slot] = new SlotRules(contribution);
  }

  /** Returns the chain. */
  chain(): Resource {
    if (this.#declared === undefined) throw new Error('a chain without a declaration is built');
    const { slots, origin } = this.#declared;
    const [rules, lineOrigins] = this.#rules(slots.length);
    const built = chain(this.#declared, rules, origin);
    return lineOrigins === undefined ? built : { ...built, lineOrigins };
  }

  #rules(slots: number): readonly [rules: readonly string[], origins?: readonly Origin[]] {
    const only = this.#slots[0];
    // Usual case: one list of fixed rules, which all routers share.
    if (slots <= 1 && !this.#isJoint && !this.#hasOrigins) return [only?.rules ?? []];
    const rules: string[] = [];
    const lineOrigins: Origin[] = [];
    // The origin of a rule that several features contribute is the first one's.
    const known = this.#isJoint ? new Set<string>() : undefined;
    for (let index = 0; index < slots; index += 1) {
      const slot = this.#slots[index];
      slot?.rules.forEach((rule, at) => {
        if (known && known.size === known.add(rule).size) return;
        rules.push(rule);
        if (this.#hasOrigins) lineOrigins.push(slot.originAt(at));
      });
    }
    return this.#hasOrigins ? [rules, lineOrigins] : [rules];
  }
}

/**
 * The rules of one slot. Mostly there is one contribution, whose list is kept. The contributions themselves are not:
 * there may be millions.
 */
class SlotRules {
  readonly #first: RulesContribution['rules'];
  readonly #origin: Origin;
  /** All rules with their origins, if there are several contributions. */
  #all: { readonly rules: string[]; readonly origins: Origin[] } | undefined;

  constructor({ rules, origin }: RulesContribution) {
    this.#first = rules;
    this.#origin = origin;
  }

  add({ rules, origin }: RulesContribution): void {
    this.#all ??= { rules: [...this.#first], origins: this.#first.map(() => this.#origin) };
    for (const rule of rules) {
      this.#all.rules.push(rule);
      this.#all.origins.push(origin);
    }
  }

  get rules(): readonly string[] {
    return this.#all?.rules ?? this.#first;
  }

  originAt(index: number): Origin {
    return this.#all?.origins[index] ?? this.#origin;
  }
}

/** Returns the table of a contribution as `node/netns/family/table`. */
export function tablePath({ node, netns, family, table }: InChain): string {
  return `${node}/${netns ?? '-'}/${String(family)}/${table}`;
}

function chainPath(contribution: InChain): string {
  return `${tablePath(contribution)}/${contribution.chain}`;
}

/** Returns the error for a feature that fills a chain or slot that no feature declares. */
export function undeclared(what: string, contribution: RulesContribution): Error {
  return new Error(
    `no feature declares the ${what} ${chainPath(contribution)}, which ${contribution.origin.path} fills`,
  );
}
