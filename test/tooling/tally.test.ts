import { describe, expect, it } from 'vitest';
import { endToEndComplaints, sum, tallyLine, tallyOf } from '../../scripts/lib/tally.mjs';

const test = (state: string, project = 'e2e', note?: string) => ({
  file: `test/${project}/a.test.ts`,
  project,
  name: 'pings',
  state,
  ...(note === undefined ? {} : { note }),
});

describe('the count of a run', () => {
  it('counts what failed outside a test as failed', () => {
    const tests = [test('passed'), test('passed'), test('failed'), test('skipped'), test('pending')];
    expect(tallyOf({ tests, broken: ['test/x.test.ts: does not load'] })).toEqual({ passed: 2, failed: 3, skipped: 1 });
  });

  it('is one line that names the skipped only if there are any', () => {
    const [a, b] = [
      { passed: 2, failed: 0, skipped: 0 },
      { passed: 3, failed: 1, skipped: 4 },
    ];
    expect(tallyLine(a)).toBe('2 passed, 0 failed');
    expect(tallyLine(sum([a, b]))).toBe('5 passed, 1 failed, 4 skipped');
  });
});

describe('end-to-end tests that did not run', () => {
  const complaints = (tests: ReturnType<typeof test>[], ci: boolean, required = true): string[] =>
    endToEndComplaints({ tests, broken: [] }, { ci, required });

  it('are no success', () => {
    expect(complaints([test('passed', 'unit')], false)).toEqual(['no end-to-end test ran']);
    expect(complaints([test('skipped', 'e2e', 'no user namespaces')], false)).toEqual(['no end-to-end test ran']);
    expect(complaints([], false, false)).toEqual([]);
  });

  it('must say why on a desk, and may not be skipped in CI', () => {
    const reasoned = [test('passed'), test('skipped', 'e2e', 'no user namespaces here')];
    expect(complaints(reasoned, false)).toEqual([]);
    expect(complaints(reasoned, true)).toEqual([
      'skipped under CI: test/e2e/a.test.ts > pings (no user namespaces here)',
    ]);
    expect(complaints([test('passed'), test('skipped')], false)).toHaveLength(1);
  });

  it('do not concern the other projects', () => {
    expect(complaints([test('passed'), test('skipped', 'unit')], true)).toEqual([]);
  });
});
