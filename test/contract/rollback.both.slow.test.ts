import { expect, test } from 'vitest';
import type { Change } from '../../src/model/change.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Batch, Step } from '../../src/model/plan.ts';
import { applyNetwork, type ApplyResult } from '../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../src/session/guard.ts';
import type { PlanResult } from '../../src/session/plan.ts';
import { applyOn, planOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { settled, snapshot } from '../support/snapshot.ts';
import { EMPTY, FLOATING, MOVED, nameOf, portOf } from './floating.ts';
import { prepare } from './heal/network.ts';
import { difference } from './heal/run.ts';
import { refused } from './refused.ts';

/** Returns a batch in which this step fails; the steps before it are carried out. */
function failingAt(batch: Batch, at: number): Batch {
  const steps = batch.steps.flatMap((step, index): Step[] =>
    index === at ? [{ ...step, command: refused(step.command) }, step] : [step],
  );
  return { ...batch, steps };
}

/** The step at which a batch is made to fail: of every third batch the first, one in the middle, or the last. */
function placeIn({ steps }: Batch, index: number): number {
  return [0, Math.floor(steps.length / 2), steps.length - 1][index % 3] ?? 0;
}

function withBatch(first: PlanResult, at: number, batch: Batch): PlanResult {
  return { ...first, plan: { ...first.plan, batches: first.plan.batches.with(at, batch) } };
}

function addressesOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ action, address }) => `${action} ${address}`);
}

function applied(node: TestNode, graph: DesiredGraph, first: PlanResult): Promise<ApplyResult> {
  return applyNetwork(graph, node.shells, first, {
    allow: ALLOW_ALL_DELETIONS,
    rollback: true,
    onEvent: () => undefined,
  });
}

const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'conntrack');

test.each([
  { title: 'everything is created', from: EMPTY, to: FLOATING, stride: 2 },
  { title: 'much is changed', from: FLOATING, to: MOVED, stride: 1 },
])(
  'a command of any batch fails while $title: the node is as before',
  { timeout: 240_000 },
  async ({ from, to, stride }) => {
    const node = await nodes.open();
    await prepare(node, FLOATING);
    await applyOn(node, from);
    const before = await snapshot(node);
    const wrong: Record<string, readonly string[]> = {};
    const { changes } = (await planOn(node, to)).plan;
    for (let index = 0; ; index += stride) {
      const first = await planOn(node, to);
      expect(addressesOf(first.plan.changes), `before batch ${String(index)}`).toEqual(addressesOf(changes));
      const batch = first.plan.batches[index];
      if (batch === undefined) break;
      const failing = failingAt(batch, placeIn(batch, index));
      const result = await applied(node, to, withBatch(first, index, failing));
      const found = [
        ...(result.ok ? ['it succeeded'] : []),
        ...(result.rollback?.complete === true
          ? []
          : result.diagnostics.map(({ code, summary }) => `${code} ${summary}`)),
        ...difference(before, await settled(node, before, 1000)),
      ];
      if (found.length > 0) wrong[JSON.stringify(failing)] = found;
    }
    expect(wrong).toEqual({});
  },
);

const ROUTER = nameOf(FLOATING, 'netns', 'qrouter-');
const INSIDE = portOf(FLOATING, 'qr-')?.name ?? '';
const IN_ROUTER = `nsenter --net=/run/netns/${ROUTER}`;

/** A plan whose last command fails. */
function failingLast(first: PlanResult): PlanResult {
  const last = first.plan.batches.length - 1;
  const batch = first.plan.batches[last];
  return batch === undefined ? first : withBatch(first, last, failingAt(batch, batch.steps.length - 1));
}

test('foreign objects that --heal-foreign deleted are created again, or named', async () => {
  const node = await nodes.open();
  await prepare(node, FLOATING);
  await applyOn(node, FLOATING);
  await node.sh(`${IN_ROUTER} ip rule add pref 10 not from 10.0.0.0/24 fwmark 0x1/0xff lookup 99
    ${IN_ROUTER} ip -6 rule add pref 11 from 2001:db8::/32 lookup 99
    ${IN_ROUTER} ip neigh add 10.0.0.77 lladdr 02:00:00:00:00:77 nud permanent dev ${INSIDE}
    ${IN_ROUTER} ip neigh add proxy 10.0.0.78 dev ${INSIDE}
    ${IN_ROUTER} ip route add blackhole 198.51.100.0/24
    ${IN_ROUTER} ip addr add 192.0.2.9/32 scope host dev ${INSIDE}`);
  const healing: DesiredGraph = { ...MOVED, healForeign: true };
  const before = await snapshot(node);
  const first = await planOn(node, healing);
  expect(first.plan.changes.filter(({ action, observed }) => action === 'delete' && observed?.disturbs)).toHaveLength(
    6,
  );
  const result = await applied(node, healing, failingLast(first));
  expect(result.rollback).toMatchObject({ complete: true, differs: [] });
  expect(difference(before, await settled(node, before, 1000))).toEqual([]);

  await node.sh(`${IN_ROUTER} iptables -I FORWARD -s 198.51.100.9 -j DROP`);
  const again = await applied(node, healing, failingLast(await planOn(node, healing)));
  expect(again.diagnostics.map(({ code }) => code)).toEqual(['NLA01', 'NLA13']);
  expect(again.rollback?.differs?.map(({ address, how }) => `${address.split('/').slice(2).join('/')} ${how}`)).toEqual(
    ['chain/4/filter/FORWARD#foreign is missing'],
  );
});

test('a foreign rule that is added between read and write is still there after the rollback', async () => {
  const node = await nodes.open();
  await prepare(node, FLOATING);
  await applyOn(node, FLOATING);
  const first = await planOn(node, MOVED);
  await node.sh(`${IN_ROUTER} iptables -t nat -I PREROUTING -s 198.51.100.9 -j ACCEPT
    ${IN_ROUTER} iptables -t nat -A POSTROUTING -s 198.51.100.9 -j ACCEPT
    iptables -I FORWARD -s 198.51.100.9 -j DROP`);
  const before = await snapshot(node);
  const result = await applied(node, MOVED, failingLast(first));
  expect(result).toMatchObject({ ok: false, rollback: { complete: true } });
  expect(difference(before, await settled(node, before, 1000))).toEqual([]);
});

test('another program holds the lock of xtables for long: that is the error, and the node is as before', async () => {
  const node = await nodes.open({ iptables: 'legacy', limitMs: 2000 });
  await prepare(node, FLOATING);
  const before = await snapshot(node);
  await node.sh('flock /run/xtables.lock sleep 600 >/dev/null 2>&1 & echo $! >/run/holder; sleep 0.1');
  const result = await applied(node, FLOATING, await planOn(node, FLOATING));
  await node.sh('kill "$(cat /run/holder)"; rm /run/holder');
  expect(new Set(result.diagnostics.map(({ code }) => code))).toEqual(new Set(['NLA06']));
  expect(result.diagnostics[0]?.summary).toMatch(/ip6?tables-restore --noflush hangs/);
  expect(result).toMatchObject({ ok: false, rollback: { complete: true } });
  expect(difference(before, await settled(node, before, 1000))).toEqual([]);
});
