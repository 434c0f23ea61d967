import { expect, test } from 'vitest';
import { planNetwork, type PlanResult } from '../../../src/session/plan.ts';
import { inShort } from '../../support/engine.ts';
import { testedMechanism } from '../../support/mechanism.ts';
import { testNodes } from '../../support/node.ts';
import type { Snapshot } from '../../support/snapshot.ts';
import { prepareWayBack, runBatches, runWayBack } from '../confirm/way-back.ts';
import { batchesUntil, momentsOf, momentText, type Moment } from './moment.ts';
import { sampled } from './sample.ts';
import { SEEDS, stagesOf, type Stage } from './seed.ts';
import { Stand } from './stand.ts';

const nodes = testNodes('ip', 'iptables', 'nft', 'dnsmasq', 'conntrack');
const mechanism = testedMechanism();

function changesOf({ plan }: PlanResult): readonly string[] {
  return inShort(plan.changes);
}

/** Ends an apply that can be reverted at a moment. Returns what is wrong after the nodes' own scripts have run. */
async function endedAndReverted(
  stand: Stand,
  { graph }: Stage,
  moment: Moment,
  before: ReadonlyMap<string, Snapshot>,
): Promise<readonly string[]> {
  const first = await planNetwork(graph, stand.shells);
  for (const node of stand.nodes) await prepareWayBack(node, graph, first);
  const { rootless } = stand;
  await runBatches(stand.shells, graph, first, batchesUntil(first.plan, moment, { rootless }));
  await stand.reopen();
  const outputs = await Promise.all(stand.nodes.map((node) => runWayBack(node)));
  const found = [...(await stand.differs(before))];
  const [planned, now] = [changesOf(first), changesOf(await planNetwork(graph, stand.shells))];
  found.push(...planned.filter((line) => !now.includes(line)).map((line) => `no longer planned: ${line}`));
  found.push(...now.filter((line) => !planned.includes(line)).map((line) => `newly planned: ${line}`));
  return found.length === 0 ? [] : [...found, ...outputs.filter((text) => text !== '')];
}

test.each(SEEDS[mechanism])(
  'an apply of $file that is killed at any moment is reverted by the scripts of its nodes alone',
  { timeout: 7_200_000 },
  async (seed) => {
    const stages = stagesOf(seed, mechanism);
    const stand = await Stand.open(nodes, stages, { ovs: mechanism === 'openvswitch' });
    const wrong: Record<string, readonly string[]> = {};
    let count = 0;
    for (const [index, from] of stages.entries()) {
      const to = stages[(index + 1) % stages.length] ?? from;
      const before = await stand.state();
      const { plan } = await planNetwork(to.graph, stand.shells);
      const title = `${seed.file}, ${from.name} → ${to.name}, its way back`;
      for (const moment of sampled(title, momentsOf(plan, { rootless: stand.rootless }))) {
        const found = await endedAndReverted(stand, to, moment, before);
        count += 1;
        if (count % 100 === 0) process.stdout.write(`${String(count)} ways back of ${seed.file}\n`);
        if (found.length === 0) continue;
        const which = `${title}: ${momentText(plan, moment)}`;
        wrong[which] = found;
        process.stdout.write(`${which}\n  ${found.join('\n  ')}\n`);
        await stand.reach(from.graph);
      }
      await stand.reach(to.graph);
    }
    process.stdout.write(`${seed.file} over ${mechanism}: ${String(count)} ways back\n`);
    expect(wrong).toEqual({});
  },
);
