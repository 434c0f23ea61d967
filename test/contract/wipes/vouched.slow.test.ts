import { beforeEach, describe, expect, test } from 'vitest';
import { desiredGraph } from '../../../src/model/graph.ts';
import { applyOn, planOn } from '../../support/engine.ts';
import { testNodes, type TestNode } from '../../support/node.ts';
import { filteredGraph, filterOf, IDS, noFilter } from '../filtered.ts';

const nodes = testNodes('ip', 'iptables', 'iptables-legacy', 'ipset', 'nft');
const graph = filteredGraph();
const rival = filteredGraph({ name: 'rival', nic: 'eth1' });
const nothing = desiredGraph('demo', ['node1'], [], graph);
const SET = 'NIPv4cccccccc-0000-4000-8000-';
const TABLES = 'for p in iptables ip6tables; do for t in filter raw; do';
const FLUSH = `${TABLES} $p -t $t -F; $p -t $t -X; done; done; nft delete table bridge netloom-demo`;
const unmark = (topology: string): string => `${TABLES} $p -t $t -X netloom-${topology}; done; done`;

/** What an agent of Neutron writes without any port. */
const IDLE_AGENT = `for program in iptables ip6tables; do
  printf '%s\\n' '*filter' ':neutron-filter-top - [0:0]' ':neutron-linuxbri-FORWARD - [0:0]' \\
    ':neutron-linuxbri-local - [0:0]' ':neutron-linuxbri-sg-chain - [0:0]' ':neutron-linuxbri-sg-fallback - [0:0]' \\
    '-A FORWARD -j neutron-filter-top' '-A FORWARD -j neutron-linuxbri-FORWARD' \\
    '-A neutron-filter-top -j neutron-linuxbri-local' '-A neutron-linuxbri-sg-chain -j ACCEPT' \\
    '-A neutron-linuxbri-sg-fallback -j DROP' COMMIT | $program-restore --noflush; done`;

/** A port of the agent, with a tap that is not marked. */
const ITS_PORT = `ip tuntap add dev tap77c04ce5-c1 mode tap
  iptables -N neutron-linuxbri-i77c04ce5-c
  iptables -I neutron-linuxbri-sg-chain -m physdev --physdev-out tap77c04ce5-c1 --physdev-is-bridged \\
    -j neutron-linuxbri-i77c04ce5-c`;

describe.each(['nft', 'legacy'] as const)('a table or set without a mark, with iptables-%s', (flavour) => {
  let node: TestNode;

  beforeEach(async (context) => {
    context.skip(noFilter() !== undefined, noFilter());
    node = await nodes.open({ iptables: flavour });
    await node.nic('eth0', 'fa:16:3e:aa:00:01');
    await node.nic('eth1', 'fa:16:3e:aa:00:02');
    await applyOn(node, graph);
  });

  async function errors(desired = graph): Promise<string[]> {
    const { diagnostics } = await planOn(node, desired);
    return [...new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code))].sort();
  }

  /** Returns what of the node's filter a destroy changed of what `keep` matches. */
  async function keptByDestroy(keep: RegExp): Promise<void> {
    const kept = async (): Promise<readonly string[]> => (await filterOf(node)).filter((line) => keep.test(line));
    const before = await kept();
    expect(before.length).toBeGreaterThan(0);
    await applyOn(node, nothing);
    expect(await kept()).toEqual(before);
  }

  test('an agent of Neutron in a table of ours that lost its mark is left alone', async () => {
    await node.sh(`${unmark('demo')}; ${ITS_PORT}`);
    const before = await filterOf(node);
    expect(await errors()).toEqual(['NLP10', 'NLP12']);
    await expect(applyOn(node, graph)).rejects.toThrow('NLP12');
    expect(await filterOf(node)).toEqual(before);
    await keptByDestroy(/^iptables filter|^\S+ NIPv4/);
  });

  test('an agent of Neutron that came after the firewall was wiped is left alone, and so are sets of its', async () => {
    await node.sh(`${FLUSH}; ${IDLE_AGENT}; ${ITS_PORT}
      iptables -A neutron-linuxbri-i77c04ce5-c -m set --match-set ${SET} src -j RETURN`);
    const before = await filterOf(node);
    expect(await errors()).toEqual(['NLP10', 'NLP12']);
    await expect(applyOn(node, graph)).rejects.toThrow('NLP12');
    expect(await filterOf(node)).toEqual(before);
    await keptByDestroy(/^ip6?tables filter|^\S+ NIPv[46]/);
  });

  test('the chains of an agent without ports are not taken for ours', async () => {
    await node.sh(`${FLUSH}; ipset destroy; ${IDLE_AGENT}`);
    expect(await errors()).toEqual(['NLP12']);
    await keptByDestroy(/^ip6?tables filter/);
  });

  test('a set of another type with a name of ours is not taken for ours', async () => {
    await node.sh(`${FLUSH}; ipset destroy ${SET}; ipset create ${SET} hash:ip; ipset add ${SET} 10.9.9.9`);
    expect(await errors()).toEqual(['NLP10', 'NLP12']);
    await keptByDestroy(/^\S+ NIPv4/);
  });

  test('a set that is not in the file is not taken for ours', async () => {
    await node.sh(`${FLUSH}; ipset create NIPv4dddddddd-0000-4000-8000- hash:net; ipset destroy ${SET}`);
    expect(await errors()).toEqual(['NLP12']);
    await keptByDestroy(/^\S+ NIPv4/);
  });

  test('the swap set that a dead apply left is deleted too', async () => {
    await node.sh(`${FLUSH}; ipset create ${SET}-n hash:net; ipset add ${SET}-n 10.9.9.9`);
    expect(await errors()).toEqual([]);
    await applyOn(node, graph);
    expect(await node.sh('ipset list -n')).not.toContain('-n\n');
    await node.sh(`${FLUSH}; ipset create ${SET}-n hash:net`);
    await applyOn(node, nothing);
    expect(await node.sh('ipset list -n')).toBe('');
  });

  test('a table of another topology that lost its mark is left alone', async () => {
    await node.sh(unmark('demo'));
    const before = await filterOf(node);
    expect(await errors(rival)).toEqual(['NLP10', 'NLP12']);
    await expect(applyOn(node, rival)).rejects.toThrow('NLP12');
    expect(await filterOf(node)).toEqual(before);
    await applyOn(node, desiredGraph('rival', ['node1'], [], rival));
    expect(await filterOf(node)).toEqual(before);
    expect((await applyOn(node, graph)).batches.length).toBe(1);
    expect((await applyOn(node, graph)).batches).toEqual([]);
  });

  test('a node without devices of ours has no table or set of ours', async () => {
    await node.sh(`${FLUSH}; for l in $(ip -br link | grep -oE '^(brq|tap)[^ @]*'); do ip link del $l; done`);
    expect(await errors()).toEqual(['NLP10', 'NLP12']);
    await keptByDestroy(/^\S+ NIPv/);
  });

  test('with the mark, rules of a port’s chain are repaired and the mark returns in one transaction', async () => {
    await node.sh(`${unmark('demo')}; iptables -F neutron-linuxbri-i11111111-1`);
    expect((await applyOn(node, graph)).rounds).toBe(1);
    expect((await applyOn(node, graph)).batches).toEqual([]);
  });
});

test('the filters of a wiped node are restored first, and the plan says what is off', async (context) => {
  context.skip(noFilter() !== undefined, noFilter());
  const node = await nodes.open();
  await node.nic('eth0', 'fa:16:3e:aa:00:01');
  await applyOn(node, graph);
  await node.sh(`nft flush ruleset; ip link set dev eth0 down; ip link del dev tap${IDS[1]}2`);
  const { plan, diagnostics } = await planOn(node, graph);
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').map(({ code }) => code);
  expect(new Set(warnings)).toEqual(new Set(['NLP30', 'NLP31']));
  const filters = /\/(?:chain|ipset|anti-spoof|nft-table)\//;
  const isFilter = (id: number): boolean =>
    plan.batches[id]?.steps.every((step) => filters.test(step.address)) === true;
  const others = plan.batches.filter(({ id }) => !isFilter(id));
  expect(others.length).toBeGreaterThan(0);
  const jumps = plan.batches.filter(({ steps }) => steps.some(({ address }) => address.endsWith('/filter/FORWARD')));
  const guards = plan.batches.filter(({ steps }) => steps.some(({ address }) => address.includes('/anti-spoof/')));
  const before = (id: number): number[] => (plan.batches[id]?.after ?? []).flatMap((one) => [one, ...before(one)]);
  for (const other of others) {
    for (const { id } of [...jumps, ...guards]) expect(before(other.id)).toContain(id);
  }
  await applyOn(node, graph);
  expect((await applyOn(node, graph)).batches).toEqual([]);
});
