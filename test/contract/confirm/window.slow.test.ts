import { expect, test, vi } from 'vitest';
import { execute } from '../../../src/apply/execute.ts';
import { takeReverted, windowOf } from '../../../src/hosts/window/window.ts';
import type { DesiredGraph } from '../../../src/model/graph.ts';
import { applyNetwork, type ApplyResult } from '../../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../../src/session/guard.ts';
import { lockNodes, unlockNodes } from '../../../src/session/lock.ts';
import { prepareWayBack } from '../../../src/session/window/way-back.ts';
import { applyOn, planOn } from '../../support/engine.ts';
import { testNodes, type TestNode } from '../../support/node.ts';
import { settled, snapshot, type Snapshot } from '../../support/snapshot.ts';
import { F1, graphWith } from '../floating.ts';
import { prepare } from '../heal/network.ts';
import { difference } from '../heal/run.ts';

const one = graphWith({ [F1]: 'guest' });
const two = graphWith({ [F1]: 'other', '203.0.113.22': 'guest' });
const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'conntrack');

interface Start {
  readonly node: TestNode;
  readonly before: Snapshot;
}

async function started(): Promise<Start> {
  const node = await nodes.open();
  await prepare(node, one);
  await applyOn(node, one);
  return { node, before: await snapshot(node) };
}

async function applyFor(node: TestNode, graph: DesiredGraph, seconds: number): Promise<ApplyResult> {
  return applyNetwork(graph, node.shells, await planOn(node, graph), {
    allow: ALLOW_ALL_DELETIONS,
    onEvent: () => undefined,
    confirm: { seconds, client: 'user=test\n' },
  });
}

/** Returns what differs but for the report of the revert. */
function left(before: Snapshot, now: Snapshot): readonly string[] {
  return difference(before, now).filter((line) => !line.includes('/.reverted'));
}

/** Expects the node to be as before, and the report to say so. */
async function expectReverted({ node, before }: Start, why: string): Promise<void> {
  expect(left(before, await settled(node, before, 1000))).toEqual([]);
  const reverted = { topology: 'demo', why, equal: true, differences: [], log: [] };
  expect(await takeReverted(node.shell)).toMatchObject(reverted);
}

test(
  'an apply is kept, reverted when it is asked for, and reverted when nobody is there',
  { timeout: 120_000 },
  async () => {
    const start = await started();
    const { node } = start;
    // Nobody confirms.
    const first = await applyFor(node, two, 2);
    expect(first.diagnostics).toEqual([]);
    expect(await windowOf(node.shell)).toMatchObject({ topology: 'demo', state: 'waiting', dead: false });
    expect((await lockNodes(node.shells)).map(({ code, detail }) => [code, detail])).toEqual([
      ['NLA30', expect.stringMatching(/^It will be reverted in [012] s\./)],
    ]);
    expect((await planOn(node, two)).plan.batches).toEqual([]);
    await first.window?.ended();
    await expectReverted(start, 'timeout');
    // Reverted by its own client.
    const second = await applyFor(node, two, 60);
    const { kept, reverted, diagnostics } = (await second.window?.decide('revert')) ?? {};
    expect({ kept, reverted, codes: diagnostics?.map(({ code }) => code) }).toEqual({
      kept: [],
      reverted: ['node1'],
      codes: ['NLA33'],
    });
    expect(left(start.before, await settled(node, start.before, 1000))).toEqual([]);
    // Kept.
    const third = await applyFor(node, two, 60);
    expect(await third.window?.decide('keep')).toEqual({ kept: ['node1'], reverted: [], unknown: [], diagnostics: [] });
    expect((await applyOn(node, two)).batches).toEqual([]);
    expect(await lockNodes(node.shells)).toEqual([]);
    await unlockNodes(node.shells);
    await applyOn(node, one);
  },
);

/** Lets an apply with a window die after some batches, as a killed netloom does: its shell ends. */
async function dieAfter(
  node: TestNode,
  graph: DesiredGraph,
  batches: number,
  times: { readonly seconds: number; readonly limitSeconds?: number } = { seconds: 60 },
): Promise<void> {
  const first = await planOn(node, graph);
  expect(await lockNodes(node.shells)).toEqual([]);
  const back = prepareWayBack(graph, node.shells, first, { ...times, client: '' });
  expect(await back.before(first.plan)).toEqual([]);
  const plan = { ...first.plan, batches: first.plan.batches.slice(0, batches) };
  const ignored = (): void => undefined;
  expect(await execute(plan, graph, node.shells, ignored, { preface: back.preface() })).toEqual([]);
}

async function windowEnds(node: TestNode): Promise<void> {
  await vi.waitFor(async () => expect(await windowOf(node.shell)).toBeUndefined(), { timeout: 30_000, interval: 100 });
}

test('an apply that dies or hangs is reverted by the node alone', { timeout: 120_000 }, async () => {
  const start = await started();
  const { node } = start;
  const whole = (await planOn(node, two)).plan.batches.length;
  for (const done of [Math.ceil(whole / 2), whole]) {
    await dieAfter(node, two, done);
    await node.reopen();
    await windowEnds(node);
    await expectReverted(start, 'abandoned');
  }
  // Its netloom lives and a command of it hangs, so the lock is held when the time is over.
  await dieAfter(node, two, 2, { seconds: 1, limitSeconds: 4 });
  const began = performance.now();
  await node.try('sleep 1000').catch(() => undefined);
  expect(performance.now() - began, 'the timer ends the job').toBeLessThan(30_000);
  await node.reopen();
  await windowEnds(node);
  await expectReverted(start, 'timeout');
});
