import type { Family } from '../../model/command.ts';
import type { ChainContribution, RulesContribution } from '../../model/feature.ts';
import type { Netns, Origin } from '../../model/resource.ts';
import type { RuleText, SlotName } from './rule-text.ts';

/** Where rules are to stand, and on whose behalf. */
export interface RulesPlace {
  readonly node: string;
  readonly netns: Netns;
  readonly origin: Origin;
}

interface Line {
  readonly table: string;
  readonly chain: string;
  /** Absent: the chain is only named. */
  readonly rule?: string;
}

interface SkeletonChain {
  readonly table: string;
  readonly chain: string;
  readonly slots: string[];
  readonly rules: Map<string, string[]>;
}

/** The rules of one family, ready for use. */
export class Rulebook {
  readonly #family: Family;
  readonly #skeleton: readonly SkeletonChain[];
  readonly #slots: ReadonlyMap<string, readonly Line[]>;

  constructor(family: Family, text: RuleText) {
    this.#family = family;
    this.#skeleton = readSkeleton(text.skeleton);
    this.#slots = new Map(Object.entries(text.slots).map(([slot, rules]) => [slot, readLines(rules)]));
  }

  /** All chains, with the rules that are always there. */
  *skeleton({ node, netns, origin }: RulesPlace): Generator<ChainContribution | RulesContribution> {
    const family = this.#family;
    for (const { table, chain, slots, rules } of this.#skeleton) {
      yield { type: 'chain', node, netns, family, table, chain, slots, origin };
      for (const [slot, text] of rules) {
        yield { type: 'rules', node, netns, family, table, chain, slot, rules: text, origin };
      }
    }
  }

  /** One use of a slot; nothing where the release has no rules for it. */
  *fill(
    slot: SlotName,
    variables: Readonly<Record<string, string>>,
    { node, netns, origin }: RulesPlace,
  ): Generator<RulesContribution> {
    const family = this.#family;
    for (const { table, chain, rule = '' } of this.#slots.get(slot) ?? []) {
      const rules = [substitute(rule, variables)];
      yield { type: 'rules', node, netns, family, table, chain, slot, rules, origin };
    }
  }
}

function substitute(rule: string, variables: Readonly<Record<string, string>>): string {
  return rule.replace(/\$([a-z]+)/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`no value for $${name} in: ${rule}`);
    return value;
  });
}

function readSkeleton(text: string): readonly SkeletonChain[] {
  const chains = new Map<string, SkeletonChain>();
  for (const { table, chain, rule } of readLines(text)) {
    const key = `${table}/${chain}`;
    const known = chains.get(key) ?? { table, chain, slots: [], rules: new Map<string, string[]>() };
    chains.set(key, known);
    if (rule === undefined) continue;
    if (rule.startsWith('@')) known.slots.push(rule.slice(1));
    else addFixedRule(known, rule);
  }
  return [...chains.values()];
}

/** Fixed rules stand in slots of their own, `fixed-0`, `fixed-1`, …: one for each run of them between two named slots. */
function addFixedRule({ slots, rules }: SkeletonChain, rule: string): void {
  const last = slots.at(-1);
  const run = last === undefined ? undefined : rules.get(last);
  if (run !== undefined) {
    run.push(rule);
    return;
  }
  const slot = `fixed-${String(rules.size)}`;
  slots.push(slot);
  rules.set(slot, [rule]);
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
