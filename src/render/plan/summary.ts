import type { Action, Change } from '../../model/change.ts';
import type { Plan } from '../../model/plan.ts';
import { clean } from '../clean.ts';

/** How many changes there are of each action. */
export type ChangeCounts = Readonly<Record<Action, number>>;

/** Counts changes by action. */
export function countChanges(changes: readonly Change[]): ChangeCounts {
  const counts = { create: 0, update: 0, replace: 0, delete: 0 };
  for (const change of changes) counts[change.action] += 1;
  return counts;
}

/**
 * Returns `Plan: 3 to add, 1 to change, 0 to destroy.`; a replaced object is added and destroyed. Adds the number of
 * foreign objects that remain, and the nodes that are left out.
 */
export function summaryLine({
  changes,
  sides,
  foreign,
  leftOut,
  aim = 'the file',
}: Pick<Plan, 'changes' | 'sides' | 'foreign' | 'leftOut' | 'aim'>): string {
  const remain = foreign.length === 1 ? '1 foreign object remains' : `${String(foreign.length)} foreign objects remain`;
  if (changes.length === 0 && sides) return 'No differences. Both describe the same network.';
  if (changes.length === 0)
    return (
      `No changes. The ${leftOut.length === 0 ? 'network matches' : 'chosen nodes match'} ${aim}` +
      `${foreign.length === 0 ? '' : `, but ${remain}`}.${leftOutText(leftOut)}`
    );
  const { create, update, replace, delete: remove } = countChanges(changes);
  return (
    `${sides ? 'Difference' : 'Plan'}: ${String(create + replace)} to add, ${String(update)} to change, ` +
    `${String(remove + replace)} to destroy.${foreign.length === 0 ? '' : ` ${remain}.`}${leftOutText(leftOut)}`
  );
}

/** Names the nodes that are left out, in a sentence that follows others. */
export function leftOutText(leftOut: readonly string[]): string {
  return leftOut.length === 0 ? '' : ` Left out: ${leftOut.map(clean).join(', ')}.`;
}

/** Names each difference in words, because `+` and `-` have opposite meanings in different tools. */
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  create: 'in the file, not on the node',
  update: 'differs from the file',
  replace: 'differs from the file in a field that cannot be updated',
  delete: 'on the node, not in the file',
};

export const SYMBOLS: Readonly<Record<Action, string>> = { create: '+', update: '~', replace: '-/+', delete: '-' };
