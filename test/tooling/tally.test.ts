import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../scripts/lib/run.mjs';
import { runComplaints, sum, tallyLine, tallyOf } from '../../scripts/lib/tally.mjs';
import { testFiles, TIERS } from '../../scripts/lib/tests.mjs';

const test = (state: string, project = 'e2e', note?: string) => ({
  file: `test/${project}/a.test.ts`,
  project,
  name: 'pings',
  state,
  ...(note === undefined ? {} : { note }),
});

describe('the count of a run', () => {
  it('counts a failure outside a test as failed', () => {
    const tests = [test('passed'), test('passed'), test('failed'), test('skipped'), test('pending')];
    expect(tallyOf({ tests, broken: ['test/x.test.ts: does not load'] })).toEqual({ passed: 2, failed: 3, skipped: 1 });
  });

  it('is one line that counts skipped tests only if there are any', () => {
    const [a, b] = [
      { passed: 2, failed: 0, skipped: 0 },
      { passed: 3, failed: 1, skipped: 4 },
    ];
    expect(tallyLine(a)).toBe('2 passed, 0 failed');
    expect(tallyLine(sum([a, b]))).toBe('5 passed, 1 failed, 4 skipped');
  });
});

describe('a run that fails although no test failed', () => {
  const complaints = (
    tests: ReturnType<typeof test>[],
    options: { ci?: boolean; files?: string[]; code?: number; broken?: string[] } = {},
  ): string[] => {
    const { ci = false, files = [...new Set(tests.map(({ file }) => file))], code = 0, broken = [] } = options;
    return runComplaints({ tests, broken }, { ci, files, code });
  };

  it('has an error exit code of vitest', () => {
    expect(complaints([test('passed')], { code: 1 })).toEqual(['vitest exited 1 although no test failed']);
    expect(complaints([test('failed')], { code: 1 })).toEqual([]);
  });

  it('left a file out, or had no tests', () => {
    expect(complaints([])).toEqual(['there are no tests']);
    const files = ['test/e2e/a.test.ts', 'test/net/b.test.ts'];
    expect(complaints([test('passed')], { files })).toEqual(['no test ran: test/net/b.test.ts']);
    expect(complaints([test('passed')], { files, broken: ['test/net/b.test.ts: does not load'] })).toEqual([]);
  });

  it('skipped all of its end-to-end tests', () => {
    const reasoned = test('skipped', 'e2e', 'no user namespaces');
    expect(complaints([reasoned])).toEqual(['no end-to-end test ran']);
    expect(complaints([test('passed', 'unit')])).toEqual([]);
  });

  it('skipped an end-to-end test without a reason, or any end-to-end test under CI', () => {
    const reasoned = [test('passed'), test('skipped', 'e2e', 'no user namespaces here')];
    expect(complaints(reasoned)).toEqual([]);
    expect(complaints(reasoned, { ci: true })).toEqual([
      'end-to-end test skipped under CI: test/e2e/a.test.ts > pings (no user namespaces here)',
    ]);
    expect(complaints([test('passed'), test('skipped')])).toHaveLength(1);
    expect(complaints([test('passed', 'unit'), test('skipped', 'unit')], { ci: true })).toEqual([]);
  });
});

describe('the sum of several runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-tally-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, tally: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(tally));
    return join(folder, name);
  };
  const a = file('a', { passed: 2, failed: 0, skipped: 0 });
  const b = file('b', { passed: 3, failed: 1, skipped: 0 });
  const summed = async (...args: string[]): Promise<[number, string | undefined]> => {
    const { code, output } = await run([process.execPath, 'scripts/sum-tallies.mjs', ...args]);
    return [code, output.trimEnd().split('\n').at(-1)];
  };

  it('is the last line, and its exit code tells whether all tests passed', async () => {
    expect(await summed('0', a, '0', a)).toEqual([0, '4 passed, 0 failed']);
    expect(await summed('0', a, '1', b)).toEqual([1, '5 passed, 1 failed']);
  });

  it('has one more failure for a run that died before or after its count', async () => {
    expect(await summed('0', a, '137', join(folder, 'none'))).toEqual([1, '2 passed, 1 failed']);
    expect(await summed('0', a, '0', join(folder, 'none'))).toEqual([1, '2 passed, 1 failed']);
    expect(await summed('0', a, '1', a)).toEqual([1, '4 passed, 1 failed']);
    expect(await summed()).toEqual([1, '0 passed, 1 failed']);
  });
});

describe('the tiers', () => {
  const [check, everyday, rest] = [TIERS.check, TIERS.everyday, TIERS.rest].map((tier) => new Set(testFiles(tier)));

  it('contain every test file once', () => {
    expect([...everyday!].filter((file) => rest!.has(file))).toEqual([]);
    expect(everyday!.size + rest!.size).toBe(testFiles({ ...TIERS.rest, files: () => true }).length);
  });

  it('of checks has the everyday tests that need no kernel', () => {
    expect([...check!].filter((file) => !everyday!.has(file))).toEqual([]);
    expect(check).toContain('test/tooling/tally.test.ts');
    const left = [...everyday!].filter((file) => !check!.has(file));
    expect(new Set(left.map((file) => file.split('/')[1]))).toEqual(new Set(['contract', 'e2e', 'hosts', 'lab']));
  });
});
