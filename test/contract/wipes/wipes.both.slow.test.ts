import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasErrors } from '../../../src/model/diagnostic.ts';
import { desiredGraph } from '../../../src/model/graph.ts';
import { testedMechanism } from '../../support/mechanism.ts';
import { applyOn, carryOut, planOn } from '../../support/engine.ts';
import { testNodes, type TestNode } from '../../support/node.ts';
import { settled, snapshot, type Snapshot } from '../../support/snapshot.ts';
import { noFilter } from '../filtered.ts';
import { difference } from '../heal/run.ts';
import { prepare } from '../heal/network.ts';
import { NAME, wipedGraph } from './network.ts';
import { WIPES } from './wipes.ts';

const nodes = testNodes('ip', 'iptables', 'ipset', 'nft', 'dnsmasq', 'haproxy');
const graph = wipedGraph();
const nothing = desiredGraph(NAME, ['node1'], [], graph);

/** Devices of the hybrid plug have random MACs. */
const RANDOM = /links: (?:qbr|qvb|qvo|tap)\S+ (?:address|\S+\.(?:bridge|root)_id)=/;

function changed(before: Snapshot, after: Snapshot): string[] {
  return difference(before, after).filter((line) => !RANDOM.test(line));
}

describe('a command that deletes marks of ours', () => {
  let node: TestNode;
  let bare: Snapshot;
  let whole: Snapshot;

  async function open(): Promise<void> {
    node = await nodes.open();
    await prepare(node, graph);
    await applyOn(node, graph);
    whole = await snapshot(node);
    await applyOn(node, nothing);
    bare = await snapshot(node);
    await applyOn(node, graph);
  }

  beforeAll(async () => {
    if (noFilter() === undefined) await open();
  });

  beforeEach((context) => {
    context.skip(noFilter() !== undefined, noFilter());
  });

  const here = WIPES.filter(({ only }) => only === undefined || only === testedMechanism());

  test.each(here)('$what: one apply repairs it', async ({ script }) => {
    try {
      await node.sh(script);
      const first = await planOn(node, graph);
      expect(first.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      await carryOut(node, graph, first);
      expect(changed(whole, await settled(node, whole))).toEqual([]);
      expect((await applyOn(node, graph)).batches).toEqual([]);
    } catch (error) {
      await open();
      throw error;
    }
  });

  test.each(here)('$what: destroy leaves nothing', async ({ script }) => {
    try {
      await node.sh(script);
      const first = await planOn(node, nothing);
      expect(hasErrors(first.diagnostics)).toBe(false);
      await carryOut(node, nothing, first);
      expect(changed(bare, await settled(node, bare))).toEqual([]);
      await applyOn(node, graph);
    } catch (error) {
      await open();
      throw error;
    }
  });
});
