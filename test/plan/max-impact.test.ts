import { describe, expect, test } from 'vitest';
import { IMPACTS, MAX_IMPACTS, type Impact } from '../../src/model/change.ts';
import type { ChangeGroup, Plan } from '../../src/model/plan.ts';
import { impactGuard } from '../../src/plan/max-impact.ts';
import { paint } from '../../src/render/colour.ts';
import { renderPlan } from '../../src/render/plan/text.ts';
import { renumberRefusal } from '../../src/session/guard.ts';
import { compiled } from '../support/compiled.ts';
import { asObserved, planFrom } from '../support/ordered.ts';
import { TOPOLOGY } from '../support/fake-world.ts';

function grouped(...impacts: readonly Impact[]): Pick<Plan, 'groups'> {
  const groups = impacts.map((impact): ChangeGroup => ({
    subject: 'undesired',
    action: 'update',
    impact,
    changes: [],
    counts: [],
  }));
  return { groups };
}

describe('the worst impact that a plan may have', () => {
  test.each(MAX_IMPACTS.flatMap((max) => IMPACTS.map((impact) => [max, impact] as const)))(
    '%s allows %s, or does not',
    (max, impact) => {
      const isAllowed = MAX_IMPACTS.indexOf(impact) <= MAX_IMPACTS.indexOf(max);
      expect(impactGuard(grouped('none', impact), max)?.code).toBe(isAllowed ? undefined : 'NLP80');
    },
  );

  test('the refusal names what exceeds it, the worst first, and the flag that allows all of it', () => {
    expect(impactGuard(grouped('flap', 'none', 'drops-nat', 'flap'), 'counters')).toMatchObject({
      summary: 'the impact on traffic is worse than counters: 1 drops-nat, 2 flap',
      detail: ['drops-nat', 'flap', 'flap'].map((impact) => `what is no longer in the file: ${impact}`).join('\n'),
      hint: '`--max-impact drops-nat` allows it',
    });
  });

  test('its sums are those that the plan prints', () => {
    const file = TOPOLOGY;
    const moved = file.replaceAll('10.0.0.0/24', '10.0.0.0/25');
    const made = planFrom(asObserved(compiled(file).graph), compiled(moved).graph);
    const printed = /^Impact on traffic: (.*)\.$/m.exec(renderPlan(made, { colours: paint(false), detail: undefined }));
    const refused = impactGuard(made, 'none');
    expect(refused?.summary).toBe(
      `the impact on traffic is worse than none: ${printed?.[1]?.replace(/(, )?\d+ none$/, '') ?? ''}`,
    );
  });

  test('a new network disturbs nobody', () => {
    expect(impactGuard(planFrom([], compiled(TOPOLOGY).graph), 'none')).toBeUndefined();
  });
});

test('other derived addresses are the worst impact', () => {
  const changed = [{ code: 'NLP50', severity: 'warning', summary: 'vm1: 10.0.0.9 → 10.0.0.5' }] as const;
  expect(renumberRefusal(changed, {})?.code).toBe('NLP53');
  expect(renumberRefusal(changed, { maxImpact: 'recreate' })?.code).toBe('NLP53');
  expect(renumberRefusal(changed, { maxImpact: 'renumber' })).toBeUndefined();
  expect(renumberRefusal(changed, { maxImpact: 'flap', renumber: true })).toBeUndefined();
});
