import { IMPACTS, NODE_AND_FILE, type Change } from '../../model/change.ts';
import type { ChangeGroup, Plan } from '../../model/plan.ts';
import type { Address } from '../../model/resource.ts';
import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';
import type { ObjectLook } from './body.ts';
import { foldedLines } from './buckets.ts';
import { countLines } from './counts.ts';
import { headline, impactTotals } from './headline.ts';
import { objectLines } from './objects.ts';

/** The most lines of a plan's groups: a plan fits on a screen of 50 lines. */
const MOST_LINES = 42;
/** Up to this many changes, the objects of the nodes are listed. */
const LISTED = 2;

/**
 * Returns the changes by object of the topology: a line for each, with what traffic feels, and below it the number of
 * its objects on the nodes. If there are too many for a screen, the numbers are added up, and then the objects of a
 * type are counted. Foreign objects that are deleted are listed in any case.
 */
export function groupLines(plan: Plan, colours: Paint): readonly string[] {
  const changes = new Map(plan.changes.map((change) => [change.address, change]));
  const look: ObjectLook = { colours, fold: false, sides: plan.sides ?? NODE_AND_FILE };
  const listed = (group: ChangeGroup): readonly string[] => [
    headline(group, colours),
    ...listing(group, changes, look),
  ];
  const foreign = plan.groups.filter(({ subject }) => subject === 'foreign');
  const own = plan.groups.filter(({ subject }) => subject !== 'foreign');
  const isShort = plan.changes.length <= LISTED;
  const notes = (plan.notes ?? []).map(({ path, text }) => `  ${clean(path)}: ${clean(text)}`);
  return [
    ...(isShort ? own.flatMap(listed) : foldedGroups(own, colours, MOST_LINES - notes.length)),
    ...foreign.flatMap(listed),
    ...(notes.length === 0 ? [] : ['', ...notes]),
    '',
    ...(isShort ? [] : [colours.dim('--full shows the objects of the nodes.')]),
    `Impact on traffic: ${impactTotals(plan.groups, IMPACTS)}.`,
  ];
}

function listing(
  { changes: addresses }: ChangeGroup,
  changes: ReadonlyMap<Address, Change>,
  look: ObjectLook,
): readonly string[] {
  const lines = objectLines(
    addresses.flatMap((address) => changes.get(address) ?? []),
    look,
  );
  return lines.flatMap((line) => (line === '' ? [] : [`    ${line}`]));
}

function foldedGroups(groups: readonly ChangeGroup[], colours: Paint, most: number): readonly string[] {
  const counted = groups.flatMap((group) => [
    headline(group, colours),
    ...countLines(group.counts).map((line) => colours.dim(`    ${line}`)),
  ]);
  if (counted.length <= most) return counted;
  const totals = countLines(groups.flatMap(({ counts }) => counts)).map((line) => colours.dim(`    ${line}`));
  return [...foldedLines(groups, colours, most - totals.length - 1), '', ...totals];
}
