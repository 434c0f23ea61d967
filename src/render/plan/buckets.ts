import { IMPACTS } from '../../model/change.ts';
import type { ChangeGroup } from '../../model/plan.ts';
import { count } from '../columns.ts';
import type { Paint } from '../colour.ts';
import { headline, impactTotals } from './headline.ts';
import { symbolOf } from './objects.ts';

/** The groups of one type with which the same happens, the worst impact first. */
interface Bucket {
  readonly groups: readonly ChangeGroup[];
  /** How many of them have a line. */
  shown: number;
}

/**
 * Returns a line for each group, or, if that is more than `most`, some of each type and the number of the others: `…
 * and 950 more instances`. Every type gets an equal part of the lines.
 */
export function foldedLines(groups: readonly ChangeGroup[], colours: Paint, most: number): readonly string[] {
  if (groups.length <= most) return groups.map((group) => headline(group, colours));
  const buckets = bucketsOf(groups);
  // A bucket that is not shown as a whole needs a line for the number of the others.
  let left = most - buckets.length;
  for (let wants = buckets; left > 0 && wants.length > 0; wants = wants.filter(isPart)) {
    for (const bucket of wants.slice(0, left)) bucket.shown += 1;
    left -= wants.length;
  }
  return buckets.flatMap((bucket) => {
    const { groups: all, shown } = bucket;
    // The line for the number of the others is as good for the last of them.
    const lines = all.slice(0, all.length - shown === 1 ? all.length : shown);
    const rest = all.slice(lines.length);
    return [...lines.map((group) => headline(group, colours)), ...restLine(rest, lines.length > 0, colours)];
  });
}

function isPart({ groups, shown }: Bucket): boolean {
  return shown < groups.length;
}

function bucketsOf(groups: readonly ChangeGroup[]): readonly Bucket[] {
  const byType = new Map<string, ChangeGroup[]>();
  for (const group of groups) {
    const key = `${group.action} ${typeOf(group)}`;
    const known = byType.get(key);
    if (known) known.push(group);
    else byType.set(key, [group]);
  }
  const worstFirst = (a: ChangeGroup, b: ChangeGroup): number => IMPACTS.indexOf(b.impact) - IMPACTS.indexOf(a.impact);
  return [...byType.values()].map((list) => ({ groups: list.toSorted(worstFirst), shown: 0 }));
}

/** Returns the type of a group's subject. */
export function typeOf({ subject }: ChangeGroup): string {
  return typeof subject === 'string' ? 'object' : subject.type;
}

function restLine(rest: readonly ChangeGroup[], follows: boolean, colours: Paint): readonly string[] {
  const [first] = rest;
  if (first === undefined) return [];
  const symbol = symbolOf(first.action, colours);
  const more = follows ? `… and ${count(rest.length, `more ${typeOf(first)}`)}` : count(rest.length, typeOf(first));
  return [`${symbol} ${more} (${impactTotals(rest, IMPACTS)})`];
}
