import { expect, test } from 'vitest';
import type { UntimedEvent } from '../../src/model/event.ts';
import { WorkLog } from '../../src/page/sections/work.ts';
import { plan } from '../render/plan/make.ts';

const ROUND: UntimedEvent = { type: 'round-start', round: 1, plan: { ...plan([]), batches: [] } };
const SETTLED: UntimedEvent = { type: 'settled', rounds: 1, milliseconds: 120 };

function heard(...events: readonly UntimedEvent[]): WorkLog {
  const log = new WorkLog(() => 0);
  for (const event of events) log.hear(event);
  return log;
}

test('an apply of the watch is shown while it runs, and how it ended', () => {
  expect(heard(ROUND).work.state).toBe('running');
  expect(heard(ROUND, SETTLED).work).toMatchObject({
    state: 'settled',
    words: 'Applied in 0.12 s. The network is as in the file.',
  });
});

test('a plan without changes is no apply', () => {
  expect(heard(SETTLED).work.state).toBe('idle');
});

test('the end of a rollback is the end of an apply that failed', () => {
  const back: UntimedEvent = { type: 'rollback-start', plan: plan([]) };
  const during = heard(ROUND, back, ROUND, SETTLED);
  expect(during.work).toMatchObject({ state: 'running', words: 'It failed, and is rolled back.' });
  during.hear({ type: 'rollback-done', ok: true, milliseconds: 1 });
  expect(during.work).toMatchObject({ state: 'failed', words: 'It failed; every node is as it was before.' });
});

test('an apply that ends without a word did not finish', () => {
  const log = heard(ROUND);
  log.rest();
  expect(log.work).toMatchObject({ state: 'failed', words: 'The apply did not finish.' });
  expect(log.rest()).toBe(false);
});

test('what the page asked for ends in the words of the page', () => {
  const log = new WorkLog(() => 0);
  log.begin();
  for (const event of [ROUND, SETTLED]) log.hear(event);
  log.rest();
  expect(log.isRunning).toBe(true);
  log.end('stale', 'The plan is another one now.');
  expect(log.work).toMatchObject({ state: 'stale', words: 'The plan is another one now.' });
});
