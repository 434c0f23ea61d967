import { expect, test } from 'vitest';
import { execute } from '../../src/apply/execute.ts';
import { ovsParts } from '../../src/apply/ovs.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Batch, Step } from '../../src/model/plan.ts';
import { applyOn, planOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { settled, snapshot } from '../support/snapshot.ts';
import { EMPTY, F1, FLOATING, MOVED, nameOf, tracked } from './floating.ts';
import { prepare } from './heal/network.ts';
import { difference } from './heal/run.ts';

const ROUTER = `nsenter --net=/run/netns/${nameOf(FLOATING, 'netns', 'qrouter-')}`;

/** A connection to the floating IP's old target. */
const TRACKED = `${ROUTER} conntrack -I -p udp -t 100 -s 203.0.113.111 -d ${F1} --sport 7 --dport 7 \
  -r 10.0.0.5 -q 203.0.113.111 --reply-port-src 7 --reply-port-dst 7 >/dev/null 2>&1`;

/**
 * The commands that were run when an apply died: whole batches, and the first steps of one more. A namespace is created
 * completely or not at all.
 */
export function until(batches: readonly Batch[], done: number): Batch[] {
  const whole = batches.slice(0, Math.floor(done));
  const next = batches[Math.floor(done)];
  if (Number.isInteger(done) || next === undefined || next.lane === 'birth') return whole;
  return [...whole, { ...next, steps: firstHalf(next.steps) }];
}

/** The first half of a batch. Writes to Open vSwitch are transactions, and never half done. */
function firstHalf(steps: readonly Step[]): Step[] {
  const half = steps.slice(0, Math.ceil(steps.length / 2));
  const begun = [...ovsParts(steps)].flatMap(([place, parts]) => (half.includes(place) ? parts : []));
  const written = new Set(begun.flatMap((part) => part.steps));
  return steps.filter((step) => (step.command.tool === 'ovs' ? written.has(step) : half.includes(step)));
}

interface Way {
  readonly from: DesiredGraph;
  readonly to: DesiredGraph;
}

async function dieAndGoOn(node: TestNode, { from, to }: Way, done: number): Promise<void> {
  await applyOn(node, from);
  if (from === FLOATING) {
    await node.sh(TRACKED);
    expect(await tracked(node, ROUTER, F1)).toEqual(['10.0.0.5']);
  }
  const { plan } = await planOn(node, to);
  expect(await execute({ ...plan, batches: until(plan.batches, done) }, to, node.shells, () => undefined)).toEqual([]);
  await node.reopen();
  await applyOn(node, to);
}

/**
 * Tests applies that die. `pick` gets the number of batches and returns after how many of them the apply dies. The next
 * apply must reach the state that an undisturbed one reaches.
 */
export function crashTests(pick: (batches: number) => readonly number[]): void {
  const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'conntrack');

  test.each([
    { title: 'everything is created', from: EMPTY, to: FLOATING },
    { title: 'much is changed', from: FLOATING, to: MOVED },
    { title: 'everything is deleted', from: MOVED, to: EMPTY },
  ])('$title', async (way) => {
    const node = await nodes.open();
    await prepare(node, FLOATING);
    const bare = await snapshot(node);
    await applyOn(node, way.from);
    const { batches } = (await planOn(node, way.to)).plan;
    await applyOn(node, way.to);
    const wanted = await snapshot(node);

    const wrong: Record<number, string[]> = {};
    for (const done of pick(batches.length)) {
      await applyOn(node, EMPTY);
      await dieAndGoOn(node, way, done);
      const found = difference(wanted, await settled(node, wanted, 1000));
      const left = way.to === MOVED ? await tracked(node, ROUTER, F1) : [];
      found.push(...left.map((target) => `still tracked: ${target}`));
      if (found.length > 0) wrong[done] = found;
    }
    expect(wrong).toEqual({});
    await applyOn(node, EMPTY);
    expect(difference(bare, await settled(node, bare, 1000)), 'nothing is left in the end').toEqual([]);
  });
}
