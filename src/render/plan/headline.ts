import type { Impact } from '../../model/change.ts';
import type { ChangeGroup } from '../../model/plan.ts';
import { FEELS, subjectWords } from '../../model/subject.ts';
import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';
import { symbolOf } from './objects.ts';

/** Returns a group in words: `instance vm1 on node1`. */
export function groupWords({ subject }: Pick<ChangeGroup, 'subject'>): string {
  if (subject === 'undesired') return 'no longer in the file';
  if (subject === 'foreign') return 'foreign objects';
  return clean(subjectWords(subject));
}

/** Returns the line of a group: what happens to it, and what its traffic feels. */
export function headline(group: ChangeGroup, colours: Paint): string {
  const felt = feltBy(group);
  const text = `${symbolOf(group.action, colours)} ${colours.bold(groupWords(group))}${detailsOf(group)}`;
  return felt === '' ? text : `${text}: ${colours.yellow(clean(felt))}`;
}

/** Returns what becomes of a group's subject, or what it is, after a space: ` (10.0.0.0/24, DHCP)`. */
export function detailsOf({ subject, becomes }: ChangeGroup): string {
  if (becomes !== undefined) return ` ${clean(becomes)}`;
  if (typeof subject === 'string' || subject.details === undefined) return '';
  return ` (${clean(subject.details)})`;
}

/** Returns what the traffic of a group feels; empty if it feels nothing. */
export function feltBy({ subject, action, impact, counts }: ChangeGroup): string {
  if (typeof subject === 'string') return FEELS.delete;
  if (action === 'create' && impact === 'counters') return '';
  const feels = { ...FEELS, ...subject.feels };
  if (action === 'delete') return feels.delete;
  const isRecreated = counts.some((counted) => counted.action === 'create' || counted.action === 'replace');
  return impact === 'recreate' && !isRecreated ? 'traffic through the deleted objects ends' : feels[impact];
}

/** Returns how many groups there are of each impact, the worst first: `1 drops-nat, 9 none`. */
export function impactTotals(groups: readonly ChangeGroup[], impacts: readonly Impact[]): string {
  return impacts
    .toReversed()
    .map((impact) => ({ impact, number: groups.filter((group) => group.impact === impact).length }))
    .filter(({ number }) => number > 0)
    .map(({ impact, number }) => `${String(number)} ${impact}`)
    .join(', ');
}
