import type { Change } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';

const SHARE = 0.3;
const AT_LEAST = 10;

/** A foreign object is deleted on request, whatever the file contains, and does not count among ours. */
function isOwnDeletion({ action, observed }: Change): boolean {
  return (action === 'delete' || action === 'replace') && observed?.disturbs === undefined;
}

/**
 * Returns an error for a plan that deletes suspiciously much: more than 30 % of our objects, and at least ten, without
 * `force`; everything, for a file without resources, without `allowEmpty`.
 */
export function guard(
  plan: Plan,
  desired: number,
  options: { readonly force: boolean; readonly allowEmpty: boolean },
): Diagnostic | undefined {
  const deleted = plan.changes.filter(isOwnDeletion).length;
  if (desired === 0 && plan.owned > 0 && !options.allowEmpty) {
    return {
      code: 'NLG02',
      severity: 'error',
      summary: `the topology names nothing, but ${plan.owned} objects of ${plan.topology} exist`,
      hint: 'to delete them, add `--allow-empty`',
    };
  }
  if (deleted >= AT_LEAST && deleted > plan.owned * SHARE && !options.force) {
    return {
      code: 'NLG01',
      severity: 'error',
      summary: `${deleted} of ${plan.owned} objects would be deleted, more than 30 %`,
      detail: 'This is typical of a file that lost a part by mistake.',
      hint: 'check the plan; `--force` applies it all the same',
    };
  }
  return undefined;
}
