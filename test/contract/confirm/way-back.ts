import { expect } from 'vitest';
import { execute } from '../../../src/apply/execute.ts';
import { journalLine, wayBackFiles } from '../../../src/apply/way-back/files.ts';
import { WINDOW_FOLDER } from '../../../src/hosts/window/window.ts';
import { shellQuote } from '../../../src/hosts/quote.ts';
import type { DesiredGraph } from '../../../src/model/graph.ts';
import type { Batch } from '../../../src/model/plan.ts';
import { wayBack } from '../../../src/plan/way-back.ts';
import type { Shells } from '../../../src/session/nodes.ts';
import type { PlanResult } from '../../../src/session/plan.ts';
import { inShort, planOn } from '../../support/engine.ts';
import type { TestNode } from '../../support/node.ts';
import { settled, type Snapshot } from '../../support/snapshot.ts';
import { difference } from '../heal/run.ts';

/** The kernel gives the bridge between a filtered port and Open vSwitch, and both its links, random MACs. */
export const RANDOM_MAC = /^[-+] - links: (?:(?:qbr|qvb|qvo)\S+ address=|\S+ \S+\.(?:bridge|root)_id=)/;

/** Writes the way back from a plan to a node, as an apply with a window does. */
export async function prepareWayBack(node: TestNode, to: DesiredGraph, first: PlanResult): Promise<void> {
  const { views, observed, plan } = first;
  const plans = [plan];
  const back = wayBack({ desired: to, observed, views, plans });
  const { library, script } = wayBackFiles(node.name, back.plan, node.shell, { ...back, plans });
  await node.sh(`rm -rf ${WINDOW_FOLDER}; mkdir -m 700 -p ${WINDOW_FOLDER}
    printf %s ${shellQuote(library)} >${WINDOW_FOLDER}/library
    printf %s ${shellQuote(script)} >${WINDOW_FOLDER}/script`);
}

/**
 * Runs batches from the beginning of a plan, of which each records that it begins. They wait for each other by their
 * positions: none before the last one may be left out.
 */
export async function runBatches(
  shells: Shells,
  graph: DesiredGraph,
  first: PlanResult,
  batches: readonly Batch[],
): Promise<void> {
  const ignored = (): void => undefined;
  expect(batches.map(({ id }) => id)).toEqual(batches.map((_, position) => position));
  const plan = { ...first.plan, batches };
  const preface = (batch: Batch): string => journalLine(0, batch);
  expect(await execute(plan, graph, shells, ignored, { preface })).toEqual([]);
}

/** Runs the script of the way back, with nothing of netloom but its shell. Returns what it printed. */
export async function runWayBack(node: TestNode): Promise<string> {
  const { output } = await node.try(
    `sh ${WINDOW_FOLDER}/script 2>&1; rm -rf ${WINDOW_FOLDER}; rmdir /run/netloom 2>/dev/null`,
  );
  return output;
}

/** Returns what is wrong with a node after the way back from a plan that was cut off after these batches. */
export async function cutAndReturn(
  node: TestNode,
  to: DesiredGraph,
  before: Snapshot,
  cut: (batches: readonly Batch[]) => readonly Batch[],
): Promise<readonly string[]> {
  const first = await planOn(node, to);
  await prepareWayBack(node, to, first);
  await runBatches(node.shells, to, first, cut(first.plan.batches));
  await node.reopen();
  const output = await runWayBack(node);
  const found = difference(before, await settled(node, before, 1500)).filter((line) => !RANDOM_MAC.test(line));
  const again = await planOn(node, to);
  const [planned, now] = [inShort(first.plan.changes), inShort(again.plan.changes)];
  const other = [
    ...planned.filter((line) => !now.includes(line)).map((line) => `no longer planned: ${line}`),
    ...now.filter((line) => !planned.includes(line)).map((line) => `newly planned: ${line}`),
  ];
  return found.length + other.length === 0 ? [] : [...found, ...other, output];
}
