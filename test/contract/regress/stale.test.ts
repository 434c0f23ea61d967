import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { execute } from '../../../src/apply/execute.ts';
import type { PlanResult } from '../../../src/session/plan.ts';
import { planOn } from '../../support/engine.ts';
import { testNodes, type TestNode } from '../../support/node.ts';
import { settled, snapshot } from '../../support/snapshot.ts';
import { becomes, bridgeOf, expectQuiet, graphFor, nameOf, outcome, said, standing } from './support.ts';

const nodes = testNodes('ip', 'iptables');
const graph = graphFor();
const ROUTER = nameOf(graph, 'netns', 'qrouter-');
const JUMP = '-j neutron-l3-agent-float-snat';
/** A foreign rule that only counts. */
const THEIRS = '-s 99.0.0.0/8 -m comment --comment theirs';

/** A change between a plan and its apply. */
describe('a network that has changed since the plan was shown', () => {
  let node: TestNode;
  const iptables = (words: string): Promise<string> =>
    node.sh(`nsenter --net=/run/netns/${ROUTER} iptables -t nat ${words}`);
  const rules = async (): Promise<string[]> =>
    (await iptables('-S POSTROUTING')).split('\n').filter((line) => line.startsWith('-A'));

  beforeAll(async () => {
    node = await standing(nodes, graph);
  });
  beforeEach(async () => {
    // A superfluous jump of ours, the third: it is deleted.
    await iptables(`-A POSTROUTING ${JUMP}`);
  });

  /** A plan that was shown for a while. */
  const thoughtAbout = async (): Promise<PlanResult> => ({ ...(await planOn(node, graph)), readAt: -Infinity });

  test('is left alone by the old plan, which is an error', async () => {
    const shown = await thoughtAbout();
    expect(shown.plan.changes).toHaveLength(1);
    await iptables(`-I POSTROUTING 3 ${THEIRS}`);
    await node.sh(`ip link set dev ${bridgeOf(graph, 'eth0')} down`);
    const before = await snapshot(node);
    const { ok, diagnostics, events } = await outcome(graph, node.shells, shown);
    expect({ ok, diagnostics }).not.toSettle();
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error NLA05']);
    expect(events.filter(({ type }) => type === 'batch-start')).toEqual([]);
    expect(await settled(node, before)).toEqual(before);
    // The next plan is of the present network.
    await becomes(node, graph);
    expect(await rules()).toContain(`-A POSTROUTING ${THEIRS}`);
    expect(await rules()).not.toContain(`-A POSTROUTING ${JUMP}`);
  });

  test('loses no foreign rule: ours is deleted by its text', async () => {
    const { plan } = await planOn(node, graph);
    await iptables(`-I POSTROUTING 3 ${THEIRS}`);
    expect(said(await execute(plan, graph, node.shells, () => undefined))).toBe('');
    expect(await rules()).toContain(`-A POSTROUTING ${THEIRS}`);
    expect(await rules()).not.toContain(`-A POSTROUTING ${JUMP}`);
    await expectQuiet(node, graph);
  });

  test('is changed as shown if nothing in the plan is affected', async () => {
    const shown = await thoughtAbout();
    await node.sh(
      'ip link add name theirs type bridge; ip link set dev theirs up; ip addr add 10.77.0.1/24 dev theirs',
    );
    const { ok, diagnostics } = await outcome(graph, node.shells, shown);
    expect(said(diagnostics)).toBe('');
    expect({ ok, diagnostics }).toSettle();
    await expectQuiet(node, graph);
  });
});
