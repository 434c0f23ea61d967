import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { filteredGraph, filterOf, IDS, noFilter } from './filtered.ts';

const nodes = testNodes('ip', 'iptables', 'iptables-legacy', 'ipset', 'nft');
const graph = filteredGraph();
const SET = 'NIPv4cccccccc-0000-4000-8000-';
const chain = (letter: 'i' | 'o' | 's', id: string = IDS[0]): string => `neutron-linuxbri-${letter}${id}`;

/** Changes by hand, or by another program. */
const DAMAGES: readonly (readonly [what: string, script: string])[] = [
  [
    'a rule of a port’s chain is missing',
    `iptables -D ${chain('i')} -p tcp -m tcp --dport 22 -m set --match-set ${SET} src -j RETURN`,
  ],
  ['a rule of a port’s chain exists twice', `ip6tables -I ${chain('o')} 2 -p ipv6-icmp -j RETURN`],
  ['a rule of a port’s chain accepts more', `iptables -I ${chain('i')} -p tcp -m tcp --dport 23 -j RETURN`],
  ['a port’s chain is empty', `iptables -F ${chain('o')}`],
  ['the chain with a port’s addresses is empty', `ip6tables -F ${chain('s', IDS[1])}`],
  ['the chain of all ports is empty', 'iptables -F neutron-linuxbri-sg-chain'],
  ['the chain that drops the rest accepts it', 'iptables -I neutron-linuxbri-sg-fallback -j ACCEPT'],
  ['a member of a set is missing', `ipset del ${SET} 10.0.0.6`],
  ['a set has an additional member', `ipset add ${SET} 192.0.2.0/24`],
  ['a set is empty', `ipset flush ${SET}`],
  ['the jump from FORWARD is missing', 'iptables -D FORWARD -j neutron-linuxbri-FORWARD'],
  ['the jump from INPUT is missing', 'ip6tables -D INPUT -j neutron-linuxbri-INPUT'],
  ['FORWARD is empty', 'iptables -F FORWARD'],
  ['the jump to a port’s chain is missing', 'ip6tables -D neutron-linuxbri-FORWARD 1'],
  ['a zone’s rule is missing', 'iptables -t raw -D neutron-linuxbri-PREROUTING 3'],
  ['the rules of a zone are missing in one IP version', 'ip6tables -t raw -F neutron-linuxbri-PREROUTING'],
  ['the jump from the raw table is missing', 'iptables -t raw -D PREROUTING -j neutron-linuxbri-PREROUTING'],
  [
    'an undesired chain',
    'iptables -N neutron-linuxbri-i99999999-9; iptables -A neutron-linuxbri-sg-chain -j neutron-linuxbri-i99999999-9',
  ],
  ['an undesired set', 'ipset create NIPv4dddddddd-0000-4000-8000- hash:net family inet'],
  ['the allowed sources of all taps are missing', 'nft flush set bridge netloom-demo sources'],
  ['all rules are missing', 'for p in iptables ip6tables; do for t in raw filter; do $p -t $t -F; done; done'],
  ['bridged frames bypass iptables', 'echo 0 >/proc/sys/net/bridge/bridge-nf-call-iptables'],
];

describe.each(['nft', 'legacy'] as const)('drifts of the filter, with iptables-%s', (flavour) => {
  let node: TestNode;
  let whole: readonly string[];

  beforeAll(async () => {
    if (noFilter() !== undefined) return;
    node = await nodes.open({ iptables: flavour });
    await node.nic('eth0', 'fa:16:3e:aa:00:01');
    await applyOn(node, graph);
    whole = await filterOf(node);
  });

  beforeEach((context) => {
    context.skip(noFilter() !== undefined, noFilter());
  });

  test.each(DAMAGES)('%s: one apply repairs it', async (_what, script) => {
    await node.sh(script);
    const applied = await applyOn(node, graph);
    expect(applied.batches.length).toBeGreaterThan(0);
    expect(applied.rounds).toBe(1);
    expect(await filterOf(node)).toEqual(whole);
    expect((await applyOn(node, graph)).batches).toEqual([]);
  });
});
