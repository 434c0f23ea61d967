import { kindName } from '../../src/model/resource.ts';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/model/change.ts';
import type { Plan } from '../../src/model/plan.ts';
import { guard } from '../../src/plan/guard.ts';

function plan(deleted: number, owned: number, created = 0): Plan {
  const change = (action: Change['action'], i: number): Change => ({
    node: 'node1',
    netns: null,
    kind: kindName('bridge'),
    name: `brq${i}`,
    address: `node1/-/bridge/brq${i}`,
    action,
    reason: '',
    impact: 'none',
    fields: [],
  });
  const gone = Array.from({ length: deleted }, (_, i) => change('delete', i));
  return {
    topology: 'demo',
    groups: [],
    changes: [...gone, ...Array.from({ length: created }, (_, i) => change('create', i + deleted))],
    batches: [],
    owned,
    foreign: [],
    leftOut: [],
  };
}

const none = { force: false, allowEmpty: false };

describe('a plan that deletes suspiciously much', () => {
  test.each([
    [9, 9, undefined],
    [10, 34, undefined],
    [10, 33, 'NLG01'],
    [30, 100, undefined],
    [31, 100, 'NLG01'],
  ])('%i of %i: %s', (deleted, owned, code) => {
    expect(guard(plan(deleted, owned, 50), 50, none)?.code).toBe(code);
    expect(guard(plan(deleted, owned), 50, { ...none, force: true })).toBeUndefined();
  });

  test('deletions of foreign objects do not count', () => {
    const many = plan(50, 100);
    const foreign = { what: 'route', why: 'changes a route' };
    const changes = many.changes.map((change) => ({
      ...change,
      observed: { ...change, owner: 'foreign' as const, spec: {}, disturbs: foreign },
    }));
    expect(guard(many, 50, none)?.code).toBe('NLG01');
    expect(guard({ ...many, changes }, 50, none)).toBeUndefined();
  });

  test('a file without resources deletes nothing, however few objects exist', () => {
    expect(guard(plan(3, 3), 0, none)?.code).toBe('NLG02');
    expect(guard(plan(3, 3), 0, { ...none, force: true })?.code).toBe('NLG02');
    expect(guard(plan(3, 3), 0, { ...none, allowEmpty: true })).toBeUndefined();
    expect(guard(plan(0, 0), 0, none)).toBeUndefined();
  });
});
