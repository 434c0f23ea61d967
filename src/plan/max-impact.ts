import { IMPACTS, MAX_IMPACTS, type Impact, type MaxImpact } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ChangeGroup, Plan } from '../model/plan.ts';
import { subjectWords } from '../model/subject.ts';

/** The most objects that are listed. */
const MOST = 10;

/**
 * Returns an error for a plan that has a worse impact on the traffic of an object of the topology than `max`. The
 * impacts are those of the plan's groups, as its sums have them.
 */
export function impactGuard({ groups }: Pick<Plan, 'groups'>, max: MaxImpact): Diagnostic | undefined {
  const rank = (impact: MaxImpact): number => MAX_IMPACTS.indexOf(impact);
  const worse = groups
    .filter(({ impact }) => rank(impact) > rank(max))
    .toSorted((a, b) => rank(b.impact) - rank(a.impact));
  const [worst] = worse;
  if (worst === undefined) return undefined;
  const sums = IMPACTS.toReversed().flatMap((impact) => sumOf(worse, impact));
  const lines = worse.slice(0, MOST).map((group) => `${wordsOf(group)}: ${group.impact}`);
  const more = worse.length > MOST ? [`and ${String(worse.length - MOST)} more`] : [];
  return {
    code: 'NLP80',
    severity: 'error',
    summary: `the impact on traffic is worse than ${max}: ${sums.join(', ')}`,
    detail: [...lines, ...more].join('\n'),
    hint: `\`--max-impact ${worst.impact}\` allows it`,
  };
}

function sumOf(groups: readonly ChangeGroup[], impact: Impact): readonly string[] {
  const number = groups.filter((group) => group.impact === impact).length;
  return number === 0 ? [] : [`${String(number)} ${impact}`];
}

function wordsOf({ subject }: ChangeGroup): string {
  if (subject === 'undesired') return 'what is no longer in the file';
  return subject === 'foreign' ? 'foreign objects' : subjectWords(subject);
}
