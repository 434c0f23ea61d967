import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseForeignFilters, type ForeignFilters } from '../../src/kernel/filters/foreign-filters.ts';
import { bridgeKind } from '../../src/kinds/bridge/index.ts';
import type { BridgeSpec } from '../../src/kinds/bridge/spec.ts';
import type { Resource } from '../../src/model/resource.ts';
import { FILTERED, graphOf, PLAIN, WITH_DHCP } from '../codes/topologies.ts';
import { contextOf, link, viewOf } from '../support/view.ts';

const NONE: ForeignFilters = { nft: [], iptables: [], unreadable: [] };
const BRIDGE = 'brq4385b194-d1';

interface Node {
  readonly topology?: string;
  readonly save4?: string;
  readonly foreign?: ForeignFilters;
  /** Whether bridged frames pass iptables. */
  readonly passes?: boolean;
}

/** Returns what the plan says about what the bridge of a topology forwards. */
function said({ topology = WITH_DHCP, save4 = '', foreign = NONE, passes = true }: Node): readonly string[] {
  const graph = graphOf(topology);
  const own = { netns: null, links: [link('eth0', 2)], save4: `*filter\n${save4}\nCOMMIT\n` };
  const values = {
    'bridge-nf': { loaded: true, iptables: passes, ip6tables: passes },
    'foreign-filters': foreign,
  };
  const bridge = [...graph.resources.values()].find(({ kind }) => kind === bridgeKind.name) as Resource<BridgeSpec>;
  return bridgeKind.inspect!(bridge, undefined, contextOf(graph, [viewOf('n1', [own], { values })])).flatMap(
    ({ code, severity, summary, hint = '' }) => [`${severity} ${code} ${summary}`, hint],
  );
}

function nft(family: string, hook: string, rules: readonly object[], policy = 'accept'): ForeignFilters {
  const at = { family, table: 't' };
  const objects = [
    { table: { family, name: 't' } },
    { chain: { ...at, name: 'c', type: 'filter', hook, prio: 10, policy } },
    ...rules.map((expr, i) => ({ rule: { ...at, chain: 'c', handle: i + 2, expr } })),
  ];
  return parseForeignFilters(JSON.stringify({ nftables: objects }));
}

const match = (left: object, right: unknown, op = '=='): object => ({ match: { op, left, right } });
const meta = (key: string): object => ({ meta: { key } });
const payload = (protocol: string, field: string): object => ({ payload: { protocol, field } });
const DROP = { drop: null };
const ACCEPT = { accept: null };

describe('what a bridge of ours forwards', () => {
  test('firewalld rejects it: an error names the rule, and the line that lets it through beside our filter', () => {
    const text = readFileSync(new URL('../golden/foreign-filters/firewalld.json', import.meta.url), 'utf8');
    const [error, hint] = said({ foreign: parseForeignFilters(text) });
    expect(error).toBe(
      `error NLP04 n1 would drop what ${BRIDGE} forwards: ` +
        'nft table inet firewalld, chain filter_FWD_public: reject # handle 60',
    );
    expect(hint).toContain(`nft insert rule inet firewalld filter_FORWARD iifname ${BRIDGE} oifname ${BRIDGE} accept`);
    expect(hint).toContain(`firewall-cmd --permanent --zone=ZONE --add-interface=${BRIDGE} --add-forward`);
    expect(said({ foreign: parseForeignFilters(text), passes: false })).toEqual([]);
  });

  test.each<[what: string, filter: ForeignFilters, expected: string]>([
    ['a policy', nft('inet', 'forward', [], 'drop'), 'error NLP04'],
    [
      'established alone passes',
      nft('ip', 'forward', [[match({ ct: { key: 'state' } }, 'established', 'in'), ACCEPT], [DROP]]),
      'error NLP04',
    ],
    ['an exception for the bridge', nft('inet', 'forward', [[match(meta('iifname'), 'brq*'), ACCEPT], [DROP]]), ''],
    ['a rule for another device', nft('inet', 'forward', [[match(meta('iifname'), 'docker0'), DROP]]), ''],
    ['TCP alone', nft('inet', 'forward', [[match(meta('l4proto'), 'tcp'), DROP]]), 'error NLP04'],
    ['ICMP alone', nft('inet', 'forward', [[match(meta('l4proto'), 'icmp'), DROP]]), 'warning NLP33'],
    ['one port', nft('inet', 'forward', [[match(payload('tcp', 'dport'), 25), DROP]]), 'warning NLP33'],
    [
      'the subnet',
      nft('ip', 'forward', [[match(payload('ip', 'saddr'), { prefix: { addr: '10.0.0.0', len: 8 } }), DROP]]),
      'error NLP04',
    ],
    [
      'another subnet',
      nft('ip', 'forward', [[match(payload('ip', 'saddr'), { prefix: { addr: '192.0.2.0', len: 24 } }), DROP]]),
      '',
    ],
    ['a named set', nft('ip', 'forward', [[match(payload('ip', 'saddr'), '@blocked'), DROP]]), 'warning NLP33'],
    ['an unknown expression', nft('ip', 'forward', [[{ 'no such': {} }, DROP]]), 'warning NLP33'],
    ['a queue', nft('ip', 'forward', [[{ queue: { num: 1 } }]]), 'warning NLP33'],
    ['IPv6 alone', nft('ip6', 'forward', [[DROP]]), ''],
    ['input', nft('inet', 'input', [[DROP]]), ''],
    ['prerouting', nft('inet', 'prerouting', [[DROP]]), 'error NLP04'],
    ['postrouting', nft('ip', 'postrouting', [[match(meta('oifname'), BRIDGE), DROP]]), 'error NLP04'],
    ['the bridge family', nft('bridge', 'forward', [[match(payload('ether', 'type'), 'ip'), DROP]]), 'error NLP04'],
    ['ARP in the bridge family', nft('bridge', 'forward', [[match(payload('ether', 'type'), 'arp'), DROP]]), ''],
    ['a foreign port in the bridge family', nft('bridge', 'forward', [[match(meta('iifname'), 'vnet0'), DROP]]), ''],
    [
      'our NIC in the bridge family',
      nft('bridge', 'forward', [[match(meta('iifname'), 'eth0'), DROP]]),
      'warning NLP33',
    ],
    ['an unreadable table', { ...NONE, unreadable: ['the nft table inet x'] }, 'warning NLP33'],
  ])('nft: %s', (_, foreign, expected) => {
    expect((said({ foreign })[0] ?? '').split(' ').slice(0, 2).join(' ')).toBe(expected);
  });

  test('a table of the bridge family drops frames that pass no iptables', () => {
    expect(said({ foreign: nft('bridge', 'forward', [[DROP]]), passes: false })[0]).toMatch(/^error NLP04/);
  });

  test('the other variant of iptables drops it', () => {
    const foreign = parseForeignFilters('@iptables 4 iptables-legacy\n*filter\n:FORWARD DROP [0:0]\nCOMMIT\n');
    expect(said({ foreign })).toEqual([
      `error NLP04 n1 would drop what ${BRIDGE} forwards: iptables-legacy -P FORWARD DROP`,
      `on n1: iptables-legacy -A FORWARD -i ${BRIDGE} -o ${BRIDGE} -j ACCEPT, or sysctl ` +
        'net.bridge.bridge-nf-call-iptables=0; `netloom doctor` shows details',
    ]);
  });

  test('a hint for a policy is appended; for a rule it goes before that rule', () => {
    expect(said({ topology: PLAIN, save4: ':FORWARD DROP [0:0]' })[1]).toContain(
      `iptables -A FORWARD -i ${BRIDGE} -o ${BRIDGE} -j ACCEPT`,
    );
    const rules = ':FORWARD ACCEPT [0:0]\n:x - [0:0]\n-A FORWARD -i docker0 -j ACCEPT\n-A FORWARD -j x\n-A x -j DROP';
    expect(said({ topology: PLAIN, save4: rules })[1]).toContain(
      `iptables -I FORWARD 2 -i ${BRIDGE} -o ${BRIDGE} -j ACCEPT`,
    );
  });

  test('on a node with groups, a hint puts the rule behind our jumps and accepts nothing', () => {
    const jump = '-A FORWARD -j neutron-linuxbri-FORWARD';
    const text = `:FORWARD ACCEPT [0:0]\n:neutron-linuxbri-FORWARD - [0:0]\n-A FORWARD -i brq+ -j DROP\n${jump}`;
    expect(said({ topology: FILTERED, save4: text })[1]).toBe(
      'on n1: put that rule behind ours: iptables -D FORWARD -i brq+ -j DROP && iptables -A FORWARD -i brq+ -j DROP',
    );
    expect(said({ topology: FILTERED, save4: ':FORWARD DROP [0:0]' })).toEqual([]);
  });

  test('an accepted part leaves a doubt, no error', () => {
    const [warning] = said({
      save4:
        ':FORWARD DROP [0:0]\n-A FORWARD -p tcp -m mark --mark 0x1 -j ACCEPT\n' +
        '-A FORWARD -p udp -j ACCEPT\n-A FORWARD -p icmp -j ACCEPT',
    });
    expect(warning).toBe('warning NLP33 n1 may drop some of what its bridges forward: -P FORWARD DROP');
  });
});
