import { expect, test } from 'vitest';
import { knowsRandomFully, withoutRandomFully } from '../../src/kinds/chain/dialect.ts';
import { programsProbe } from '../../src/kernel/probes/programs.ts';

test.each([
  ['iptables v1.4.21', false],
  ['iptables v1.6', false],
  ['iptables v1.6.1', false],
  ['iptables v1.6.2', true],
  ['iptables v1.8 (legacy)', true],
  ['iptables v1.8.9 (nf_tables)', true],
  ['iptables v2.0.0', true],
])('%s: --random-fully %s', (said, known) => {
  expect(knowsRandomFully(programsProbe.parse(`haproxy\n${said}\n${said.replace('ip', 'ip6')}\n`).iptables)).toBe(
    known,
  );
});

test('an iptables without a version is no answer', () => {
  expect(() => programsProbe.parse('dnsmasq\n')).toThrow('iptables');
  expect(() => programsProbe.parse('iptables v1.8.9 (nf_tables)\n')).toThrow('ip6tables');
});

test('each program has a variant of its own', () => {
  const { variant } = programsProbe.parse('iptables v1.8.9 (legacy)\nip6tables v1.8.9 (nf_tables)\n');
  expect(variant).toEqual({ 4: 'legacy', 6: 'nft' });
});

test('only the option is left out, not the same text in a comment', () => {
  const comment = '-m comment --comment " --random-fully is not here" -j SNAT --to-source 192.0.2.1';
  expect(withoutRandomFully([`${comment} --random-fully`, '-j ACCEPT'])).toEqual([comment, '-j ACCEPT']);
});
