import type { Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';

const SHARE = 0.3;
const AT_LEAST = 10;

/**
 * What stops a plan that takes away suspiciously much: more than 30 % of what is ours, and at least ten objects, without `force`;
 * everything, for a file that names nothing, without `allowEmpty`.
 */
export function guard(
  plan: Plan,
  wanted: number,
  options: { readonly force: boolean; readonly allowEmpty: boolean },
): Diagnostic | undefined {
  const gone = plan.changes.filter(({ action }) => action === 'delete' || action === 'replace').length;
  if (wanted === 0 && plan.owned > 0 && !options.allowEmpty) {
    return {
      code: 'NLG02',
      severity: 'error',
      summary: `the topology names nothing, and ${plan.owned} objects of ${plan.topology} stand`,
      hint: '`netloom destroy` takes a network down; `--allow-empty` lets apply do it',
    };
  }
  if (gone >= AT_LEAST && gone > plan.owned * SHARE && !options.force) {
    return {
      code: 'NLG01',
      severity: 'error',
      summary: `${gone} of ${plan.owned} objects would be deleted, more than 30 %`,
      detail: 'A file that lost a part by mistake looks like this.',
      hint: 'look at the plan; `--force` carries it out all the same',
    };
  }
  return undefined;
}
