import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyOn, inShort, planOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { filteredGraph, noFilter } from './filtered.ts';

const nodes = testNodes('ip', 'iptables', 'iptables-legacy', 'ipset', 'nft');
const graph = filteredGraph();
const TAP = 'tap11111111-11';
const FORWARD = ['neutron-filter-top', 'neutron-linuxbri-FORWARD'];
const RAW = ['neutron-linuxbri-PREROUTING'];

/** Foreign rules before our jumps: how they are added, and the order of the targets afterwards, with one apply. */
const DECIDING: readonly (readonly [rule: string, chain: string, after: readonly string[]])[] = [
  ['-I FORWARD -m physdev --physdev-is-bridged -j ACCEPT', 'FORWARD', [...FORWARD, 'ACCEPT']],
  ['-I FORWARD -j ACCEPT', 'FORWARD', [...FORWARD, 'ACCEPT']],
  ['-I FORWARD 2 -s 10.0.0.0/24 -j ACCEPT', 'FORWARD', [...FORWARD, 'ACCEPT']],
  [`-I FORWARD -m physdev --physdev-out ${TAP} -j ACCEPT`, 'FORWARD', [...FORWARD, 'ACCEPT']],
  ['-I FORWARD -p icmp -j ACCEPT', 'FORWARD', [...FORWARD, 'ACCEPT']],
  ['-I FORWARD -j RETURN', 'FORWARD', [...FORWARD, 'RETURN']],
  ['-t raw -I PREROUTING -j ACCEPT', 'PREROUTING', [...RAW, 'ACCEPT']],
  ['-t raw -I PREROUTING -j CT --notrack', 'PREROUTING', [...RAW, 'CT']],
  [`-t raw -I PREROUTING -m physdev --physdev-in ${TAP} -j CT --zone 7`, 'PREROUTING', [...RAW, 'CT']],
];

/** Foreign rules that can never open what our rules filter: they stay where they are. */
const HARMLESS = [
  '-I FORWARD -i docker0 -o docker0 -j ACCEPT',
  '-I FORWARD -o virbr0 -j ACCEPT',
  '-I FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  '-I FORWARD -m physdev --physdev-in veth4a1c2d3 --physdev-is-bridged -j ACCEPT',
  '-I FORWARD -m physdev ! --physdev-is-bridged -j ACCEPT',
  '-I FORWARD -j MARK --set-mark 7',
  '-I FORWARD -s 192.0.2.1/32 -j DROP',
  '-t raw -I PREROUTING -i docker0 -j NOTRACK',
  '-A FORWARD -j ACCEPT',
  '-t raw -A PREROUTING -j NOTRACK',
];

describe.each(['nft', 'legacy'] as const)('foreign rules before our jumps, with iptables-%s', (flavour) => {
  let node: TestNode;
  const targets = async (program: string, rule: string, chain: string): Promise<string[]> =>
    (await node.sh(`${program} ${rule.startsWith('-t raw') ? '-t raw ' : ''}-S ${chain}`))
      .split('\n')
      .flatMap((line) => (line.startsWith('-A') ? (/-j (\S+)/.exec(line)?.[1] ?? []) : []));

  beforeAll(async () => {
    if (noFilter() !== undefined) return;
    node = await nodes.open({ iptables: flavour });
    await node.nic('eth0', 'fa:16:3e:aa:00:01');
    await applyOn(node, graph);
  });

  beforeEach((context) => {
    context.skip(noFilter() !== undefined, noFilter());
  });

  test.each(DECIDING)('%s: our jumps move before it, and the rule stays', async (rule, chain, after) => {
    for (const program of ['iptables', 'ip6tables']) {
      if (program === 'ip6tables' && /icmp|10\.0/.test(rule)) continue;
      await node.sh(`${program} ${rule}`);
      const { first, rounds } = await applyOn(node, graph);
      expect(inShort(first.plan.changes)).toEqual([expect.stringMatching(/^update .*\(order\)$/)]);
      expect(rounds).toBe(1);
      expect(await targets(program, rule, chain)).toEqual(after);
      expect((await planOn(node, graph)).plan.changes).toEqual([]);
      await node.sh(`${program} ${rule.replace(/-I (\S+)(?: \d)?/, '-D $1')}`);
      expect((await planOn(node, graph)).plan.changes).toEqual([]);
    }
  });

  test.each(HARMLESS)('%s stays without a change', async (rule) => {
    await node.sh(`iptables ${rule}`);
    expect((await planOn(node, graph)).plan.changes).toEqual([]);
    await node.sh(`iptables ${rule.replace(/-[IA] /, '-D ')}`);
  });
});
