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
    'a rule of a port’s chain is gone',
    `iptables -D ${chain('i')} -p tcp -m set --match-set ${SET} src -m tcp --dport 22 -j RETURN`,
  ],
  ['a rule of a port’s chain is there twice', `ip6tables -I ${chain('o')} 2 -p ipv6-icmp -j RETURN`],
  ['a rule of a port’s chain lets more in', `iptables -I ${chain('i')} -p tcp -m tcp --dport 23 -j RETURN`],
  ['a port’s chain is empty', `iptables -F ${chain('o')}`],
  ['the chain with a port’s addresses is empty', `ip6tables -F ${chain('s', IDS[1])}`],
  ['the chain of all ports is empty', 'iptables -F neutron-linuxbri-sg-chain'],
  ['the chain that drops the rest lets it through', 'iptables -I neutron-linuxbri-sg-fallback -j ACCEPT'],
  ['a member of a set is gone', `ipset del ${SET} 10.0.0.6`],
  ['a set has a member more', `ipset add ${SET} 192.0.2.0/24`],
  ['a set is empty', `ipset flush ${SET}`],
  ['the jump from FORWARD is gone', 'iptables -D FORWARD -j neutron-linuxbri-FORWARD'],
  ['the jump from INPUT is gone', 'ip6tables -D INPUT -j neutron-linuxbri-INPUT'],
  ['FORWARD is empty', 'iptables -F FORWARD'],
  ['the way to a port’s chain is gone', 'ip6tables -D neutron-linuxbri-FORWARD 1'],
  ['a zone’s rule is gone', 'iptables -t raw -D neutron-linuxbri-PREROUTING 3'],
  ['the rules of a zone are gone in one IP version', 'ip6tables -t raw -F neutron-linuxbri-PREROUTING'],
  ['the jump from the raw table is gone', 'iptables -t raw -D PREROUTING -j neutron-linuxbri-PREROUTING'],
  [
    'a chain of nobody',
    'iptables -N neutron-linuxbri-i99999999-9; iptables -A neutron-linuxbri-sg-chain -j neutron-linuxbri-i99999999-9',
  ],
  ['a set of nobody', 'ipset create NIPv4dddddddd-0000-4000-8000- hash:net family inet'],
  ['what a tap may send is unknown', 'nft flush set bridge netloom-demo sources'],
  ['nothing at all filters', 'for p in iptables ip6tables; do for t in raw filter; do $p -t $t -F; done; done'],
  ['bridged frames pass by iptables', 'echo 0 >/proc/sys/net/bridge/bridge-nf-call-iptables'],
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

  test.each(DAMAGES)('%s: one apply mends it', async (_what, script) => {
    await node.sh(script);
    const applied = await applyOn(node, graph);
    expect(applied.batches.length).toBeGreaterThan(0);
    expect(applied.rounds).toBe(1);
    expect(await filterOf(node)).toEqual(whole);
    expect((await applyOn(node, graph)).batches).toEqual([]);
  });
});
