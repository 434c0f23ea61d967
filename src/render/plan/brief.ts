import type { ChangeGroup, Plan } from '../../model/plan.ts';
import { clean } from '../clean.ts';
import { count } from '../columns.ts';
import type { Paint } from '../colour.ts';
import { typeOf } from './buckets.ts';
import { namespaceCounts, symbolOf } from './objects.ts';

/** The most objects of the topology that a line names. */
const NAMED = 8;

/**
 * Returns a line for each type of the topology's objects, and what happens to them: `+ 2 routers: r1, r2`. Objects that
 * come from none are counted by namespace.
 */
export function briefLines({ groups, changes }: Plan, colours: Paint): readonly string[] {
  const byLine = new Map<string, ChangeGroup[]>();
  for (const group of groups) {
    if (typeof group.subject === 'string') continue;
    const key = `${group.action} ${group.impact} ${typeOf(group)}`;
    const known = byLine.get(key);
    if (known) known.push(group);
    else byLine.set(key, [group]);
  }
  const others = new Set(groups.flatMap((group) => (typeof group.subject === 'string' ? group.changes : [])));
  return [
    ...[...byLine.values()].map((list) => lineOf(list, colours)),
    ...namespaceCounts(
      changes.filter(({ address }) => others.has(address)),
      colours,
    ),
    '',
  ];
}

function lineOf(groups: readonly ChangeGroup[], colours: Paint): string {
  const [first] = groups;
  if (first === undefined) return '';
  const names = groups.slice(0, NAMED).flatMap(({ subject }) => (typeof subject === 'string' ? [] : nameOf(subject)));
  const more = groups.length > NAMED ? [`and ${String(groups.length - NAMED)} more`] : [];
  const impact = first.impact === 'none' ? '' : ` (${colours.yellow(first.impact)})`;
  const number = `${count(groups.length, typeOf(first))}${impact}`;
  return `${symbolOf(first.action, colours)} ${number}: ${[...names, ...more].join(', ')}`;
}

function nameOf({ name, node }: { readonly name: string; readonly node?: string }): string {
  return clean(node === undefined ? name : `${name} on ${node}`);
}
