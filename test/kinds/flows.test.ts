import { expect, test } from 'vitest';
import { cutOff } from '../../src/kinds/chain/flows.ts';
import { ipsetSaveProbe, parseIpsetSave } from '../../src/kernel/netfilter/ipset-save.ts';
import { iptablesSaveProbes } from '../../src/kernel/netfilter/iptables-save.ts';
import { parseIptablesSave } from '../../src/kernel/netfilter/saved-tables.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import { contextOf, viewOf } from '../support/view.ts';

const [IN, OUT] = ['neutron-linuxbri-i0269f036-8', 'neutron-linuxbri-o0269f036-8'];
const FRIENDS = 'NIPv4cccccccc-0000-0000-0000-';
const ANSWERS = '-d 10.1.0.11/32 -p udp -m udp --sport 67 --dport 68 -j RETURN';

const LEADS = `*raw
:neutron-linuxbri-PREROUTING - [0:0]
-A neutron-linuxbri-PREROUTING -m physdev --physdev-in tap0269f036-8c -m comment --comment "Set zone for 69f036-8c" -j CT --zone 4097
COMMIT
*filter
:neutron-linuxbri-sg-chain - [0:0]
:${IN} - [0:0]
-A neutron-linuxbri-sg-chain -m physdev --physdev-in tap0269f036-8c --physdev-is-bridged -j ${OUT}
`;
const SAVED = `${LEADS}-A ${IN} ${ANSWERS}\nCOMMIT\n`;
/** As for a port without an IPv6 address. */
const SAVED6 = `${LEADS}COMMIT\n`;

const SETS = `create ${FRIENDS} hash:net family inet hashsize 1024 maxelem 65536
add ${FRIENDS} 10.1.0.12
add ${FRIENDS} 10.5.0.0/24
`;

const SOURCES = 'neutron-linuxbri-s0269f036-8';

/** The port of `SAVED` with further allowed addresses. */
function allowing(...sources: readonly string[]): string {
  const rules = sources.map((source) => `-A ${SOURCES} ${source}-m mac --mac-source fa:16:3e:00:00:11 -j RETURN\n`);
  return SAVED.replace(`:${IN} `, `:${SOURCES} - [0:0]\n:${IN} `).replace(
    /COMMIT\n$/,
    `${rules.join('')}-A ${SOURCES} -j DROP\nCOMMIT\n`,
  );
}

function cut(
  chain: string,
  gone: string,
  left: readonly string[] | 'gone' = [],
  family: 4 | 6 = 4,
  saved = SAVED,
): readonly string[] {
  const view = viewOf(
    'node1',
    [{ netns: null, save4: saved, values: { [iptablesSaveProbes[6].id]: parseIptablesSave(SAVED6) } }],
    { values: { [ipsetSaveProbe.id]: parseIpsetSave(SETS) } },
  );
  const context = contextOf(desiredGraph('demo', ['node1'], []), [view]);
  const now = left === 'gone' ? undefined : left;
  const before = [...(now ?? []), gone];
  return cutOff({ node: 'node1', name: `${String(family)}/filter/${chain}` }, before, now, context);
}

test('only the connections that a deleted rule had accepted', () => {
  expect(cut(IN, '-p tcp -m tcp --dport 22 -j RETURN')).toEqual(['flow=4 4097 - 10.1.0.11/32 tcp 22']);
  expect(cut(IN, '-s 10.9.0.0/16 -p udp -m udp -m multiport --dports 5:9 -j RETURN')).toEqual([
    'flow=4 4097 10.9.0.0/16 10.1.0.11/32 udp 5-9',
  ]);
  expect(cut(OUT, '-d 10.9.0.1/32 -j RETURN')).toEqual(['flow=4 4097 10.1.0.11/32 10.9.0.1/32 - -']);
});

test('for a rule about a group, the connections with its former members', () => {
  const udp = '-p udp -m udp --dport 5001 -m set --match-set';
  expect(cut(IN, `${udp} ${FRIENDS} src -j RETURN`)).toEqual([
    'flow=4 4097 10.1.0.12 10.1.0.11/32 udp 5001',
    'flow=4 4097 10.5.0.0/24 10.1.0.11/32 udp 5001',
  ]);
  expect(cut(OUT, `-m set --match-set ${FRIENDS} dst -j RETURN`)).toEqual([
    'flow=4 4097 10.1.0.11/32 10.1.0.12 - -',
    'flow=4 4097 10.1.0.11/32 10.5.0.0/24 - -',
  ]);
  // The group had no members.
  expect(cut(IN, `${udp} NIPv4dddddddd-0000-0000-0000- src -j RETURN`)).toEqual([]);
});

test('for a deleted port, its connections; none of its neighbours if its address is unknown', () => {
  expect(cut(IN, ANSWERS, 'gone')).toEqual(['flow=4 4097 - 10.1.0.11/32 - -']);
  expect(cut(IN, '-p tcp -j RETURN', 'gone', 6)).toEqual([]);
  expect(cut(IN, '-p tcp -j RETURN', [], 6)).toEqual(['flow=6 4097 - - tcp -']);
});

test('with the addresses of allowed pairs too; by the rule alone if any address is allowed', () => {
  const paired = allowing('-s 10.1.0.11/32 ', '-s 10.8.0.0/24 ');
  const ssh = '-p tcp -m tcp --dport 22 -j RETURN';
  expect(cut(IN, ssh, [], 4, paired)).toEqual([
    'flow=4 4097 - 10.1.0.11/32 tcp 22',
    'flow=4 4097 - 10.8.0.0/24 tcp 22',
  ]);
  expect(cut(OUT, ssh, [], 4, paired)).toEqual([
    'flow=4 4097 10.1.0.11/32 - tcp 22',
    'flow=4 4097 10.8.0.0/24 - tcp 22',
  ]);
  const any = allowing('-s 10.1.0.11/32 ', '');
  expect(cut(IN, ssh, [], 4, any)).toEqual(['flow=4 4097 - - tcp 22']);
  expect(cut(IN, ssh, 'gone', 4, any)).toEqual([]);
});

test('a protocol that the node writes by name equals the desired number', () => {
  expect(cut(IN, '-p vrrp -j RETURN', ['-p 112 -j RETURN'])).toEqual([]);
  expect(cut(IN, '-p vrrp -j RETURN')).toEqual(['flow=4 4097 - 10.1.0.11/32 112 -']);
  expect(cut(IN, '-p esp -j RETURN')).toEqual(['flow=4 4097 - 10.1.0.11/32 50 -']);
  expect(cut(IN, '-p ipv6-icmp -j RETURN', [], 6)).toEqual(['flow=6 4097 - - icmpv6 -']);
});
