import { expect, test } from 'vitest';
import type { Shell } from '../../src/model/host.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import { applyNetwork } from '../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../src/session/guard.ts';
import { planNetwork, type PlanResult } from '../../src/session/plan.ts';
import { recheckPlan } from '../../src/session/recheck-plan.ts';
import { fakeShell, ip, link } from '../codes/fake-node.ts';

const graph = desiredGraph('demo', ['n1'], []);

/** Whether a plan that was read a minute ago is read again, if the node was locked at this time. */
async function isReadAgain(lockedSince: number | undefined, how = { age: 60_000, waited: false }): Promise<boolean> {
  let reads = 0;
  const shell: Shell = {
    node: 'n1',
    pid: 1,
    rootless: false,
    lockedSince,
    read: () => Promise.reject(new Error(`read ${String((reads += 1))}`)),
    job: () => Promise.reject(new Error('no job')),
    lock: () => Promise.resolve({ state: 'taken' }),
    unlock: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const shown = { readAt: performance.now() - how.age } as PlanResult;
  const checked = await recheckPlan(graph, new Map([['n1', shell]]), shown, how.waited).catch(() => undefined);
  expect(checked).toBe(reads > 0 ? undefined : shown);
  return reads > 0;
}

test('a plan is not made again if the nodes were locked before they were read', async () => {
  expect(await isReadAgain(performance.now() - 120_000)).toBe(false);
});

test('a plan that was read before the lock was taken is made again', async () => {
  expect(await isReadAgain(performance.now())).toBe(true);
  expect(await isReadAgain(undefined)).toBe(true);
});

test('an apply begins with what was read under the lock, not with what was shown', async () => {
  const shellsWith = (...names: string[]) =>
    new Map([['n1', fakeShell('n1', { own: ip(names.map((name, i) => link(name, i + 1))) })]]);
  const shown = await planNetwork(graph, shellsWith('lo', 'eth0'));
  const read: string[] = [];
  await applyNetwork(
    graph,
    shellsWith('lo', 'eth0', 'eth7'),
    { ...shown, readAt: performance.now() - 60_000 },
    {
      allow: ALLOW_ALL_DELETIONS,
      onEvent: () => undefined,
      onLocked: ({ observed }) => Promise.resolve(void read.push(...observed.map(({ name }) => name))),
    },
  );
  expect(read).toContain('eth7');
});

test('a plan that was just read is made again only if another session held the lock', async () => {
  expect(await isReadAgain(performance.now(), { age: 10, waited: false })).toBe(false);
  expect(await isReadAgain(performance.now(), { age: 10, waited: true })).toBe(true);
});
