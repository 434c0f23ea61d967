import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { programPath } from '../support/program.ts';

type What = 'filters' | 'sets';

const PROGRAMS = ['netlink/dump', 'netfilter/kernel-names'].map((name) => programPath(`kernel/${name}.pl`));

/** Runs lines of sh in a network namespace of its own, and prints what the reader says of it. */
function answer(lines: string, what: What, prefix = ''): string {
  const ask = `perl -we 'require shift for 1, 2; print may_have(shift) ? "yes" : "no"' "$@"`;
  const script = `${lines}\n${prefix} ${ask}`;
  return execFileSync('unshare', ['-n', 'sh', '-ec', script, 'sh', ...PROGRAMS, what], { encoding: 'utf8' });
}

const FILTERS: readonly (readonly [what: string, lines: string])[] = [
  ['a table of iptables', 'iptables -A FORWARD -j ACCEPT'],
  ['a table of ip6tables', 'ip6tables -t raw -N x'],
  ['a table of the older iptables', 'iptables-legacy -t mangle -N x'],
  ['a table of the older ip6tables', 'ip6tables-legacy -t mangle -N x'],
  ...['ip', 'ip6', 'inet', 'bridge', 'arp', 'netdev'].map(
    (family) => [`an nft table of the family ${family}`, `nft add table ${family} t`] as const,
  ),
  ['a table with a strange name', "nft add table inet 'a_b.c/d'"],
];

test('a namespace without a table has no filters, and none after the last is deleted', () => {
  expect(answer(':', 'filters')).toBe('no');
  expect(answer('nft add table inet t; nft delete table inet t', 'filters')).toBe('no');
});

test.each(FILTERS)('%s is a filter', (_, lines) => {
  expect(answer(lines, 'filters')).toBe('yes');
});

test('only sets with the names of Neutron are asked for', () => {
  execFileSync('ipset', ['list', '-n']);
  expect(existsSync('/sys/module/ip_set')).toBe(true);
  expect(answer(':', 'sets')).toBe('no');
  expect(answer('ipset create blocklist hash:net', 'sets')).toBe('no');
  expect(answer('ipset create NIPv4abc hash:net', 'sets')).toBe('yes');
  expect(answer('ipset create blocklist hash:net; ipset create NIPv6abc-n hash:net family inet6', 'sets')).toBe('yes');
});

test.each<What>(['filters', 'sets'])('a kernel that refuses to tell may have %s', (what) => {
  expect(answer(':', what, 'setpriv --bounding-set=-net_admin --inh-caps=-net_admin')).toBe('yes');
});
