import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
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
      await fc.assert(
        fc.asyncProperty(docs, docs, async (first, second) => {
          network = await Network.start(first);
          const before = await snapshots(network);
          await network.apply();
          expect(changesOf(await network.plan())).toEqual([]);
          const { graph } = network;
          await network.edit((doc) => {
            for (const key of Object.keys(doc)) Reflect.deleteProperty(doc, key);
            Object.assign(doc, second);
          });
          expectSameWithoutNodes(graph, network.graph, await network.plan());
          await network.apply();
          expect(changesOf(await network.plan())).toEqual([]);
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
