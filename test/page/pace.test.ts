import { afterEach, expect, test, vi } from 'vitest';
import { Pace } from '../../src/page/pace.ts';

afterEach(() => {
  vi.useRealTimers();
});

function paced() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const times: number[] = [];
  const pace = new Pace(
    () => {
      times.push(performance.now());
      return Promise.resolve();
    },
    { delayMs: 10, pauseMs: 100 },
  );
  return { pace, times };
}

test('many requests are one work, and the next has its pause', async () => {
  const { pace, times } = paced();
  const start = performance.now();
  for (let i = 0; i < 5; i += 1) pace.ask();
  await vi.advanceTimersByTimeAsync(10);
  for (let i = 0; i < 5; i += 1) pace.ask();
  await vi.advanceTimersByTimeAsync(1000);
  expect(times.map((time) => time - start)).toEqual([10, 110]);
});

test('no work begins after the end', async () => {
  const { pace, times } = paced();
  pace.ask();
  pace.close();
  pace.ask();
  await vi.advanceTimersByTimeAsync(1000);
  expect(times).toEqual([]);
});
