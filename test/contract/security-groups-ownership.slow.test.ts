import { beforeEach, describe, expect, test } from 'vitest';
import { execute } from '../../src/apply/execute.ts';
import { desiredGraph, type DesiredGraph } from '../../src/model/graph.ts';
import { applyOn, planOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { until } from './crash.ts';
import { filteredGraph, filterOf, noFilter } from './filtered.ts';

const nodes = testNodes('ip', 'iptables', 'iptables-legacy', 'ipset', 'nft');
const graph = filteredGraph();
const altered = filteredGraph({ rules: ['{ direction: ingress, protocol: icmp }'] });
const rival = filteredGraph({ name: 'rival', nic: 'eth1' });
const nothing = (name = 'demo'): DesiredGraph => desiredGraph(name, ['node1'], []);

/** The objects of Neutron's agent for one port: chains, a set, and a chain of ebtables-nft. */
const NEUTRON = `
  ipset create NIPv4cccccccc-0000-4000-8000- hash:net family inet
  ipset add NIPv4cccccccc-0000-4000-8000- 10.9.9.9
  for program in iptables ip6tables; do
    $program-restore --noflush <<'X'
*raw
:neutron-linuxbri-PREROUTING - [0:0]
-A PREROUTING -j neutron-linuxbri-PREROUTING
-A neutron-linuxbri-PREROUTING -m physdev --physdev-in brq30acf3ad-b9 -m comment --comment "Set zone for 7c04ce5-c1" -j CT --zone 4097
COMMIT
*filter
:neutron-filter-top - [0:0]
:neutron-linuxbri-FORWARD - [0:0]
:neutron-linuxbri-i77c04ce5-c - [0:0]
:neutron-linuxbri-local - [0:0]
:neutron-linuxbri-sg-chain - [0:0]
-A FORWARD -j neutron-filter-top
-A FORWARD -j neutron-linuxbri-FORWARD
-A neutron-filter-top -j neutron-linuxbri-local
-A neutron-linuxbri-FORWARD -m physdev --physdev-out tap77c04ce5-c1 --physdev-is-bridged -j neutron-linuxbri-sg-chain
-A neutron-linuxbri-i77c04ce5-c -p tcp -m tcp --dport 22 -j RETURN
-A neutron-linuxbri-sg-chain -m physdev --physdev-out tap77c04ce5-c1 --physdev-is-bridged -j neutron-linuxbri-i77c04ce5-c
-A neutron-linuxbri-sg-chain -j ACCEPT
COMMIT
X
  done
  iptables -A neutron-linuxbri-i77c04ce5-c -m set --match-set NIPv4cccccccc-0000-4000-8000- src -j RETURN
  nft add table bridge nat
  nft add chain bridge nat neutronMAC-tap77c04ce5-c1
  nft add rule bridge nat neutronMAC-tap77c04ce5-c1 ether saddr fa:16:3e:1d:02:01 return`;

let node: TestNode;

beforeEach((context) => {
  context.skip(noFilter() !== undefined, noFilter());
});

async function open(iptables: 'nft' | 'legacy'): Promise<void> {
  node = await nodes.open({ iptables });
  await node.nic('eth0', 'fa:16:3e:aa:00:01');
  await node.nic('eth1', 'fa:16:3e:aa:00:02');
}

async function errorsOf(wanted: DesiredGraph): Promise<string[]> {
  const { diagnostics } = await planOn(node, wanted);
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code, summary }) => `${code} ${summary}`);
}

describe.each(['nft', 'legacy'] as const)('the owner of chains, with iptables-%s', (flavour) => {
  beforeEach(async () => {
    await open(flavour);
  });

  test('on a node with an agent of Neutron nothing is changed, whatever is desired', async () => {
    await node.sh(NEUTRON);
    const before = await filterOf(node);
    const errors = await errorsOf(graph);
    expect(errors.filter((error) => !/ is not ours$| with names of ours$/.test(error))).toEqual([]);
    expect(errors).toContain('NLP12 the iptables table filter of node1 itself holds foreign chains with names of ours');
    expect(errors).toContain('NLP12 the ip6tables table raw of node1 itself holds foreign chains with names of ours');
    await expect(applyOn(node, graph)).rejects.toThrow('NLP12');
    expect((await applyOn(node, nothing())).batches).toEqual([]);
    expect(await filterOf(node)).toEqual(before);
  });

  test('a leftover set of an agent of Neutron prevents marking its table', async () => {
    await node.sh('ipset create NIPv6dddddddd-0000-4000-8000- hash:net family inet6');
    const before = await filterOf(node);
    expect(await errorsOf(graph)).toEqual(['NLP12 node1 holds foreign sets with names of ours']);
    await expect(applyOn(node, graph)).rejects.toThrow('NLP12');
    expect(await filterOf(node)).toEqual(before);
  });

  test('a second topology is refused; the rules of the first stay to the byte and later leave no trace', async () => {
    const bare = await filterOf(node);
    await applyOn(node, graph);
    const before = await filterOf(node);
    expect(await errorsOf(rival)).toContain('NLP12 the iptables table filter of node1 itself belongs to topology demo');
    await expect(applyOn(node, rival)).rejects.toThrow('NLP12');
    expect((await applyOn(node, nothing('rival'))).batches).toEqual([]);
    expect(await filterOf(node)).toEqual(before);
    expect((await applyOn(node, graph)).batches).toEqual([]);
    await applyOn(node, nothing());
    expect(await filterOf(node)).toEqual(bare);
    // Then the other topology is applied.
    await applyOn(node, rival);
    expect((await applyOn(node, rival)).batches).toEqual([]);
  });
});

test.each([
  ['created', nothing(), graph],
  ['changed', graph, altered],
  ['deleted', graph, nothing()],
])('an apply that dies while the filter is %s is completed by the next', async (_, from, to) => {
  await open('nft');
  await applyOn(node, from);
  const { batches } = (await planOn(node, to)).plan;
  await applyOn(node, to);
  const wanted = await filterOf(node);
  for (let done = 0.5; done < batches.length; done += 0.5) {
    await applyOn(node, from);
    const { plan } = await planOn(node, to);
    const part = { ...plan, batches: until(plan.batches, done) };
    expect(await execute(part, to, node.shells, () => undefined)).toEqual([]);
    await node.reopen();
    await applyOn(node, to);
    expect(await filterOf(node), `after ${String(done)} batches`).toEqual(wanted);
    expect((await applyOn(node, to)).batches).toEqual([]);
  }
});
