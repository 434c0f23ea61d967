import { BUILTIN_CHAINS } from '../../kinds/chain/spec.ts';
import type { Family } from '../../model/command.ts';
import type { ChainContribution, RulesContribution } from '../../model/feature.ts';
import type { Netns, Origin } from '../../model/resource.ts';
import type { RuleText, SlotName } from './rule-text.ts';
import { fillTemplate, readTemplate } from './template.ts';
import type { Template, Variables } from './template.ts';

/** Location of rules, and their origin in the file. */
export interface RulesLocation {
  readonly node: string;
  readonly netns: Netns;
  readonly origin: Origin;
}

interface Line {
  readonly table: string;
  readonly chain: string;
  /** Absent: the line declares a chain. */
  readonly rule?: string;
}

/** The rules of a slot in one chain. */
interface SlotRules {
  readonly table: string;
  readonly chain: Template;
  readonly rules: Template[];
}

/** A chain that exists only if the slot is used. */
interface SlotChain {
  readonly table: string;
  readonly chain: Template;
  readonly slots: string[];
}

interface Slot {
  readonly chains: readonly SlotChain[];
  readonly rules: readonly SlotRules[];
}

const UNUSED: Slot = { chains: [], rules: [] };

/** Fixed rules, in a slot of their own. */
interface FixedRules {
  readonly slot: string;
  readonly rules: string[];
}

interface SkeletonChain {
  readonly table: string;
  readonly chain: string;
  readonly slots: string[];
  readonly fixed: FixedRules[];
}

/** The parsed rules of one family. */
export class Rulebook {
  readonly family: Family;
  readonly #skeleton: readonly SkeletonChain[];
  readonly #slots: ReadonlyMap<string, Slot>;

  constructor(family: Family, text: RuleText) {
    this.family = family;
    this.#skeleton = readSkeleton(text.skeleton);
    const templates = new Map<string, Template>();
    // Slots of a port name the same chains, whose names are then filled in once for each port.
    const templateOf = (of: string): Template => {
      const known = templates.get(of) ?? readTemplate(of);
      templates.set(of, known);
      return known;
    };
    this.#slots = new Map(Object.entries(text.slots).map(([slot, rules]) => [slot, readSlot(rules, templateOf)]));
  }

  // Returns lists instead of generators: a large network has tens of thousands of contributions, and each would pass
  // through several generators.

  /** Returns all chains with their fixed rules. */
  skeleton({ node, netns, origin }: RulesLocation): readonly (ChainContribution | RulesContribution)[] {
    const family = this.family;
    const found: (ChainContribution | RulesContribution)[] = [];
    for (const { table, chain, slots, fixed } of this.#skeleton) {
      const shared = isShared(table, chain);
      found.push({ type: 'chain', node, netns, family, table, chain, slots, ...(shared && { shared }), origin });
      for (const { slot, rules } of fixed) {
        found.push({ type: 'rules', node, netns, family, table, chain, slot, rules, origin });
      }
    }
    return found;
  }

  /**
   * Returns the contributions of one use of a slot, one for each chain; none if the release has no rules for it.
   */
  fill(slot: SlotName, variables: Variables, place: RulesLocation): readonly (ChainContribution | RulesContribution)[] {
    return this.#fill(slot, variables, place, (texts) => texts.map((text) => fillTemplate(text, variables)));
  }

  /** Returns the contributions of one use of a slot with each of these values of its variable `rule`. */
  fillEach(
    slot: SlotName,
    variables: Variables,
    values: readonly string[],
    place: RulesLocation,
  ): readonly (ChainContribution | RulesContribution)[] {
    if (values.length === 0) return [];
    return this.#fill(slot, variables, place, (texts) =>
      values.flatMap((rule) => texts.map((text) => fillTemplate(text, { ...variables, rule }))),
    );
  }

  #fill(
    slot: SlotName,
    variables: Variables,
    { node, netns, origin }: RulesLocation,
    rulesOf: (texts: readonly Template[]) => readonly string[],
  ): readonly (ChainContribution | RulesContribution)[] {
    const family = this.family;
    const { chains, rules: ofChains } = this.#slots.get(slot) ?? UNUSED;
    const filled = ofChains.map(({ table, chain, rules: texts }): RulesContribution => {
      const rules = rulesOf(texts);
      return { type: 'rules', node, netns, family, table, chain: fillTemplate(chain, variables), slot, rules, origin };
    });
    if (chains.length === 0) return filled;
    const declared = chains.map(({ table, chain, slots }): ChainContribution => {
      return { type: 'chain', node, netns, family, table, chain: fillTemplate(chain, variables), slots, origin };
    });
    return [...declared, ...filled];
  }
}

/** All agents of a node have their jumps in the built-in chains, and in one chain that precedes the others. */
function isShared(table: string, chain: string): boolean {
  return BUILTIN_CHAINS[table]?.includes(chain) === true || chain.endsWith('-filter-top');
}

function readSlot(text: string, templateOf: (text: string) => Template): Slot {
  const chains: SlotChain[] = [];
  const rules = new Map<string, SlotRules>();
  for (const { table, chain, rule } of readLines(text)) {
    if (rule === undefined) chains.push({ table, chain: templateOf(chain), slots: [] });
    else if (rule.startsWith('@')) chains.find((own) => own.chain.text === chain)?.slots.push(rule.slice(1));
    else {
      const key = `${table}/${chain}`;
      const known = rules.get(key) ?? { table, chain: templateOf(chain), rules: [] };
      rules.set(key, known);
      known.rules.push(templateOf(rule));
    }
  }
  return { chains, rules: [...rules.values()] };
}

function readSkeleton(text: string): readonly SkeletonChain[] {
  const chains = new Map<string, SkeletonChain>();
  for (const { table, chain, rule } of readLines(text)) {
    const key = `${table}/${chain}`;
    const known = chains.get(key) ?? { table, chain, slots: [], fixed: [] };
    chains.set(key, known);
    if (rule === undefined) continue;
    if (rule.startsWith('@')) known.slots.push(rule.slice(1));
    else addFixedRule(known, rule);
  }
  return [...chains.values()];
}

/**
 * Puts fixed rules into slots of their own, `fixed-0`, `fixed-1`, …: one for each sequence of them between two named
 * slots.
 */
function addFixedRule({ slots, fixed }: SkeletonChain, rule: string): void {
  const run = fixed.at(-1);
  if (run !== undefined && run.slot === slots.at(-1)) {
    run.rules.push(rule);
    return;
  }
  const slot = `fixed-${String(fixed.length)}`;
  slots.push(slot);
  fixed.push({ slot, rules: [rule] });
}

function readLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let table = '';
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    if (line === '') continue;
    const words = /^(?:\*(?<table>\w+)|-N (?<made>\S+)|-A (?<chain>\S+) (?<rule>.+))$/.exec(line)?.groups;
    if (words === undefined) throw new Error(`not a rule: ${line}`);
    const { table: next, made, chain, rule } = words;
    if (next !== undefined) table = next;
    else if (made !== undefined) lines.push({ table, chain: made });
    else if (chain !== undefined && rule !== undefined) lines.push({ table, chain, rule });
  }
  return lines;
}
