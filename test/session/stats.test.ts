import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createMeter } from '../../src/session/stats.ts';
import { EMPTY_PLAN, fakeEngine } from '../support/fake-world.ts';
import { graphOf } from '../support/engine.ts';

test('a stage has a time once it began, and repeated stages add up', async () => {
  const meter = createMeter();
  const shells = new Map();
  const engine = meter.measured({ ...fakeEngine({}, []), close: () => sleep(4), read: () => sleep(2, new Map()) });
  await engine.close(shells);
  const once = meter.stats().stages.get('close') ?? 0;
  await engine.close(shells);
  await engine.read('demo', shells);
  const { stages } = meter.stats();
  expect(stages.get('close')).toBeGreaterThan(once);
  // In the order of the stages, not of their beginnings.
  expect([...stages.keys()]).toEqual(['read', 'close']);
});

test('the wait for the nodes is not planning, and a stage that fails is measured too', async () => {
  const meter = createMeter();
  const graph = graphOf([]);
  const engine = meter.measured({
    ...fakeEngine({}, []),
    plan: () => Promise.resolve(EMPTY_PLAN),
    lock: () => Promise.reject(new Error('busy')),
  });
  await engine.plan(graph, new Map(), sleep(200, new Map()));
  await expect(engine.lock(new Map(), { waitMs: 0 })).rejects.toThrow('busy');
  const { stages, desired, observed } = meter.stats();
  expect(stages.get('plan')).toBeLessThan(150);
  expect(stages.has('lock')).toBe(true);
  expect([desired, observed]).toEqual([0, 0]);
});

test('of a reading that fails, the plan reports the error', async () => {
  const meter = createMeter();
  const engine = meter.measured({ ...fakeEngine({}, []), plan: async (_, __, reading) => (await reading, EMPTY_PLAN) });
  await expect(engine.plan(graphOf([]), new Map(), Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
});
