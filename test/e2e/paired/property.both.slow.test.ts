import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { recordedGraph } from '../../../src/diff/recorded.ts';
import { changedSince } from '../../../src/diff/since.ts';
import type { PlanResult } from '../../../src/session/plan.ts';
import { stateOf } from '../../../src/session/state.ts';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { topologyDocs } from '../../arbitraries/topology.ts';
import { expectSame } from '../support/expectations.ts';
import { changesOf, Network } from '../support/network.ts';
import { snapshots } from '../support/snapshot.ts';
import { ownLabs } from '../support/suite.ts';
import { expectSameWithoutNodes } from '../support/without-nodes.ts';
import { tapsCanBeMade } from '../support/taps.ts';

const NAME = 'e2e-property';

/** The number of networks tested; a slow host tests fewer. */
const RUNS = 15;
/** Every so many runs the first network is restored, too. */
const BACK = 3;
const LIMIT_MS = 180_000;

/** Nodes, instances and hosts are the same in all networks, so that one lab can have any two of them in turn. */
function onSameMachines(doc: Topology): Topology {
  const wires = ['outer', 'wire0', 'wire1', 'wire2'];
  const nics = Object.fromEntries(wires.map((wire, index) => [`eth${String(index)}`, { physical_network: wire }]));
  const nodes = ['node0', 'node1', 'node2'].map((node) => [node, { reach: { via: 'lab' }, nics }]);
  const changed = {
    ...doc,
    name: NAME,
    physical_networks: Object.fromEntries(wires.map((wire) => [wire, {}])),
    nodes: Object.fromEntries(nodes) as NonNullable<Topology['nodes']>,
  };
  if (!tapsCanBeMade()) for (const instance of Object.values(changed.instances ?? {})) instance.attach = 'lab';
  return changed;
}

/**
 * Expects that a plan towards the state that the nodes had before a plan leads back to it. The lab runs the instances
 * of that time again.
 */
async function expectWayBack(network: Network, doc: Topology, before: PlanResult): Promise<void> {
  const { graph } = network;
  await become(network, doc);
  const altered = new Set(before.plan.changes.map(({ address }) => address));
  const back = recordedGraph(stateOf(before), { altered, created: altered, graph });
  const { final } = await network.apply(back);
  expect(changedSince(before.observed, final.observed)).toEqual([]);
}

async function become(network: Network, doc: Topology): Promise<void> {
  await network.edit((now) => {
    for (const key of Object.keys(now)) Reflect.deleteProperty(now, key);
    Object.assign(now, doc);
  });
}

ownLabs();

describe('any two networks after each other', () => {
  let network: Network | undefined;
  afterEach(async () => {
    await network?.down();
  });

  it(
    'each settles in one round, the second replaces the first as a comparison of the files tells, nothing is left',
    { timeout: 2 * LIMIT_MS },
    async () => {
      const docs = topologyDocs().map(onSameMachines);
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(docs, docs, async (first, second) => {
          network = await Network.start(first);
          const before = await snapshots(network);
          await network.apply();
          expect(changesOf(await network.plan())).toEqual([]);
          const { graph } = network;
          await become(network, second);
          const atFirst = await network.plan();
          expectSameWithoutNodes(graph, network.graph, atFirst);
          await network.apply();
          expect(changesOf(await network.plan())).toEqual([]);
          runs += 1;
          if (runs % BACK === 1) await expectWayBack(network, first, atFirst);
          await network.destroy();
          expectSame(before, await snapshots(network));
        }),
        // The same networks in every run, so that only a change of the code can fail it; the variable selects others.
        {
          seed: Number(process.env['NETLOOM_SEED'] ?? '20261121'),
          numRuns: RUNS,
          interruptAfterTimeLimit: LIMIT_MS,
          endOnFailure: true,
        },
      );
    },
  );
});
