import { expect, test } from 'vitest';
import type { Change } from '../../src/model/change.ts';
import type { Command } from '../../src/model/command.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Batch, Step } from '../../src/model/plan.ts';
import { applyNetwork, type ApplyResult } from '../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../src/session/guard.ts';
import type { PlanResult } from '../../src/session/plan.ts';
import { applyOn, planOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { settled, snapshot } from '../support/snapshot.ts';
import { EMPTY, FLOATING, MOVED } from './floating.ts';
import { prepare } from './heal/network.ts';
import { difference } from './heal/run.ts';

/** A command of the same program as `command` that always fails. */
function failing(command: Command): Command {
  switch (command.tool) {
    case 'ip':
    case 'netns-add':
    case 'netns-del':
      return { tool: 'ip', netns: null, words: ['link', 'set', 'dev', 'missing0', 'up'] };
    case 'ipset':
      return { tool: 'ipset', netns: command.netns, words: ['add', 'missing', '10.0.0.1'] };
    case 'nft':
      return { tool: 'nft', netns: command.netns, words: ['delete', 'table', 'bridge', 'missing'] };
    case 'ovs':
      return { tool: 'ovs', words: ['del-port', 'missing', 'missing0'] };
    case 'iptables':
      return { ...command, edit: { op: 'append', rule: '-j MISSING' } };
    default:
      return { tool: 'exec', netns: null, argv: ['false'] };
  }
}

/** Returns a batch in which this step fails; the steps before it are carried out. */
function failingAt(batch: Batch, at: number): Batch {
  const steps = batch.steps.flatMap((step, index): Step[] =>
    index === at ? [{ ...step, command: failing(step.command) }, step] : [step],
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
  { title: 'everything is created', from: EMPTY, to: FLOATING },
  { title: 'much is changed', from: FLOATING, to: MOVED },
])('a command of any batch fails while $title: the node is as before', { timeout: 240_000 }, async ({ from, to }) => {
  const node = await nodes.open();
  await prepare(node, FLOATING);
  await applyOn(node, from);
  const before = await snapshot(node);
  const wrong: Record<string, readonly string[]> = {};
  const { changes } = (await planOn(node, to)).plan;
  for (let index = 0; ; index += 1) {
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
});
