import { chainRef } from '../../kinds/chain/spec.ts';
import { isIpv4 } from '../../net/ipv4.ts';
import type { Contribution, Existing } from '../../model/feature.ts';

/** A value that a rule of ours has. */
export interface ValueInRule {
  readonly node: string;
  readonly value: string;
}

/**
 * Returns the values that existing rules have where rules that a feature would contribute have `marker`. Rules with
 * another text before or after it do not count.
 */
export function* valuesInRules(
  contributions: Iterable<Contribution>,
  marker: string,
  existing: Existing,
): Generator<ValueInRule> {
  for (const contribution of contributions) {
    if (contribution.type !== 'rules') continue;
    for (const rule of contribution.rules) {
      const [before, after, ...more] = rule.split(marker);
      if (before === undefined || after === undefined || more.length > 0) continue;
      for (const { node, spec } of existing.at(chainRef(contribution))) {
        for (const other of spec.rules) {
          const value = between(other, before, after);
          if (value !== undefined) yield { node, value };
        }
      }
    }
  }
}

/** Stands for the value in the rules that are compared: no address and no mark is written so. */
export const MARKER = '<>';

/** Returns the values of each node, in the order of the rules. */
export function byNode(values: Iterable<ValueInRule>): readonly { node: string; addresses: readonly string[] }[] {
  const nodes = new Map<string, string[]>();
  for (const { node, value } of values) {
    if (!isIpv4(value)) continue;
    const known = nodes.get(node);
    if (known) known.push(value);
    else nodes.set(node, [value]);
  }
  return [...nodes].map(([node, addresses]) => ({ node, addresses }));
}

/** Returns the one word between two texts that are the whole rest of a rule. */
function between(rule: string, before: string, after: string): string | undefined {
  if (!rule.startsWith(before) || !rule.endsWith(after) || rule.length < before.length + after.length) return undefined;
  const value = rule.slice(before.length, rule.length - after.length);
  return /^[0-9a-fx.]+$/.test(value) ? value : undefined;
}
