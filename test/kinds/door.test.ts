import { describe, expect, test } from 'vitest';
import { parseForeignFilters } from '../../src/kernel/filters/foreign-filters.ts';
import { nodeFilters } from '../../src/kernel/filters/node-filters.ts';
import { closedBehind, closedDoor } from '../../src/kinds/nic/door.ts';
import { rulesNamingNic } from '../../src/kinds/nic/rules-naming.ts';
import type { NodeView } from '../../src/model/probe.ts';
import { link, viewOf } from '../support/view.ts';

const MOVING = { nic: 'eth0', bridge: 'brq1', isOpenvswitch: false };
const SESSION = { client: '198.51.100.7', clientPort: 50022, server: '192.0.2.9', serverPort: 2222 };
const AT = { place: { node: 'n1' } };

function node(rules: string, values: Readonly<Record<string, unknown>> = {}): NodeView {
  const addr_info = [{ family: 'inet', local: '192.0.2.9', prefixlen: 24, scope: 'global' }] as never;
  const own = { netns: null, links: [link('eth0', 2, { addr_info })], save4: rules };
  return viewOf('n1', [own], { values: { 'bridge-nf': { loaded: true, iptables: true, ip6tables: true }, ...values } });
}

function filter(...lines: readonly string[]): string {
  return `*filter\n${lines.join('\n')}\nCOMMIT\n`;
}

function said(view: NodeView): readonly string[] {
  return closedDoor(view, MOVING, 'n1', AT).flatMap(({ summary, hint = '' }) => [summary, hint]);
}

const OTHERS = ['-A INPUT -i lo -j ACCEPT', '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'];

describe('SSH to a NIC that moves out of its bridge', () => {
  test.each([
    ['a rule for the bridge', [':INPUT DROP [0:0]', '-A INPUT -i brq1 -j ACCEPT'], '-P INPUT DROP'],
    ['the answers leave by the bridge alone', [':OUTPUT DROP [0:0]', '-A OUTPUT -o brq1 -j ACCEPT'], '-P OUTPUT DROP'],
    ['no rule', [], undefined],
    ['a rule for both', [':INPUT DROP [0:0]', '-A INPUT -i brq1 -j ACCEPT', '-A INPUT -i eth0 -j ACCEPT'], undefined],
    ['it does not pass now either', [':INPUT DROP [0:0]'], undefined],
  ])('%s', (_, lines, rule) => {
    expect(closedBehind(node(filter(...lines), { 'ssh-session': SESSION }), MOVING)).toBe(rule);
    expect(closedBehind(node(filter(...lines)), MOVING)).toBeUndefined();
  });
});

describe('SSH to a NIC that moves into a bridge', () => {
  test.each<[what: string, lines: readonly string[], rule: string, line: string]>([
    [
      'a rule for the NIC, and a policy',
      [':INPUT DROP [0:0]', ...OTHERS, '-A INPUT -s 198.51.100.0/24 -i eth0 -p tcp -m tcp --dport 2222 -j ACCEPT'],
      '-P INPUT DROP',
      'iptables -I INPUT -s 198.51.100.0/24 -i brq1 -p tcp -m tcp --dport 2222 -j ACCEPT',
    ],
    [
      'a chain for the NIC',
      [
        ':INPUT ACCEPT [0:0]',
        ':lan - [0:0]',
        ...OTHERS,
        '-A INPUT -i eth0 -j lan',
        '-A INPUT -j REJECT',
        '-A lan -p tcp -m multiport --dports 22,2222 -j ACCEPT',
      ],
      '-A INPUT -j REJECT',
      'iptables -I INPUT -i brq1 -s 198.51.100.7/32 -p tcp --dport 2222 -j ACCEPT',
    ],
    [
      'a rule that drops all but the NIC',
      [':INPUT ACCEPT [0:0]', '-A INPUT ! -i eth0 -j DROP'],
      '-A INPUT ! -i eth0 -j DROP',
      'iptables -I INPUT -i brq1 -s 198.51.100.7/32 -p tcp --dport 2222 -j ACCEPT',
    ],
    [
      'the answers leave by the NIC alone',
      [':OUTPUT DROP [0:0]', '-A OUTPUT -o eth0 -j ACCEPT'],
      '-P OUTPUT DROP',
      'iptables -I OUTPUT -o brq1 -j ACCEPT',
    ],
  ])('%s: an error names the rule and the line that allows it', (_, lines, rule, line) => {
    expect(said(node(filter(...lines), { 'ssh-session': SESSION }))).toEqual([
      `n1 would refuse the SSH connection by which netloom reaches it, to 192.0.2.9, once eth0 is in brq1: ${rule}`,
      `on n1: ${line}`,
    ]);
  });

  test.each<[what: string, ...lines: string[]]>([
    ['no rule'],
    ['a rule for any device', ':INPUT DROP [0:0]', '-A INPUT -p tcp -m tcp --dport 2222 -j ACCEPT'],
    ['a rule for the bridge', ':INPUT DROP [0:0]', '-A INPUT -i eth0 -j ACCEPT', '-A INPUT -i brq+ -j ACCEPT'],
    ['it does not pass now either', ':INPUT DROP [0:0]', '-A INPUT -i eth0 -p udp -j ACCEPT'],
    [
      'the port of the bridge is named',
      ':INPUT DROP [0:0]',
      '-A INPUT -i eth0 -j ACCEPT',
      '-A INPUT -m physdev --physdev-in eth0 -j ACCEPT',
    ],
    [
      'a ban of others',
      ':INPUT ACCEPT [0:0]',
      ':f2b - [0:0]',
      '-A INPUT -p tcp -m multiport --dports 2222 -j f2b',
      '-A f2b -s 203.0.113.5/32 -j REJECT',
      '-A f2b -j RETURN',
    ],
  ])('%s: nothing to say', (_, ...lines) => {
    expect(said(node(filter(...lines), { 'ssh-session': SESSION }))).toEqual([]);
  });

  test('port 22 of each address is asked about where no session is known', () => {
    const lines = [':INPUT DROP [0:0]', '-A INPUT -i eth0 -p tcp -m tcp --dport 22 -j ACCEPT'];
    expect(said(node(filter(...lines)))).toEqual([
      'n1 would refuse SSH, to 192.0.2.9, once eth0 is in brq1: -P INPUT DROP',
      'on n1: iptables -I INPUT -i brq1 -p tcp -m tcp --dport 22 -j ACCEPT',
    ]);
  });

  test('a table of nft, and the other iptables', () => {
    const at = { family: 'inet', table: 'filter', chain: 'input' };
    const iif = { match: { op: '==', left: { meta: { key: 'iif' } }, right: 'eth0' } };
    const port = { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: 22 } };
    const text = JSON.stringify({
      nftables: [
        { table: { family: 'inet', name: 'filter' } },
        {
          chain: {
            family: 'inet',
            table: 'filter',
            name: 'input',
            type: 'filter',
            hook: 'input',
            prio: 0,
            policy: 'drop',
          },
        },
        { rule: { ...at, handle: 3, expr: [iif, port, { accept: null }] } },
      ],
    });
    expect(said(node('', { 'foreign-filters': parseForeignFilters(text) }))).toEqual([
      'n1 would refuse SSH, to 192.0.2.9, once eth0 is in brq1: nft table inet filter, chain input: policy drop',
      'on n1: nft insert rule inet filter input iifname brq1 tcp dport 22 accept',
    ]);
    const legacy = `@iptables 4 iptables-legacy\n${filter(':INPUT DROP [0:0]', '-A INPUT -i eth0 -j ACCEPT')}`;
    expect(said(node('', { 'foreign-filters': parseForeignFilters(legacy) }))[1]).toBe(
      'on n1: iptables-legacy -I INPUT -i brq1 -j ACCEPT',
    );
  });
});

test('rules that name the NIC are told, unless the same rule names the bridge', () => {
  const lines = [
    ...[':INPUT ACCEPT [0:0]', ':FORWARD ACCEPT [0:0]', '-A INPUT -i eth0 -j ACCEPT', '-A INPUT -i brq1 -j ACCEPT'],
    ...['-A FORWARD -i eth0 -o docker0 -j ACCEPT', '-A FORWARD -i eth01 -j ACCEPT'],
  ];
  expect(rulesNamingNic(nodeFilters(node(filter(...lines))), MOVING, 'n1', AT).map(({ summary }) => summary)).toEqual([
    'rules of n1 name eth0, and match nothing once it is in brq1: iptables -A FORWARD -i eth0 -o docker0 -j ACCEPT',
  ]);
});
