import { describe, expect, it } from 'vitest';
import { parseIptablesSave } from '../../src/kernel/netfilter/saved-tables.ts';
import { chainsOnlyOf, disturbanceOf, disturbingRules } from '../../src/kinds/chain/foreign.ts';

/** The chains of the table filter with these rules in FORWARD, and others. */
function filter(forward: readonly string[], others: readonly string[] = []) {
  const chains = [
    ':INPUT ACCEPT [0:0]',
    ':FORWARD ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ':evil - [0:0]',
    ':calm - [0:0]',
  ];
  const lines = [...forward.map((rule) => `-A FORWARD ${rule}`), ...others];
  return (
    parseIptablesSave(['*filter', ...chains, ...lines, 'COMMIT'].join('\n')).get('filter') ?? new Map<string, never>()
  );
}

const OURS = '-j neutron-l3-agent-FORWARD';

describe('a foreign rule in a built-in chain of a namespace of ours', () => {
  it.each([
    ['a rule that drops', '-s 10.0.0.5/32 -j DROP'],
    ['a rule that refuses', '-p tcp -j REJECT --reject-with icmp-port-unreachable'],
    ['a rule that marks', '-j MARK --set-xmark 0x9/0xffffffff'],
    ['a rule whose comment has a jump in it', '-m comment --comment "-j LOG" -j DROP'],
    ['a jump to a chain that drops', '-j evil'],
    ['a target that is not known', '-j TEE --gateway 10.0.0.9'],
  ])('disturbs: %s', (_, rule) => {
    const chains = filter([rule, OURS], ['-A evil -p icmp -j DROP']);
    expect(disturbingRules('FORWARD', chains)).toEqual([rule]);
  });

  it.each([
    ['a rule without a target', '-s 10.0.0.5/32'],
    ['a rule that logs', '-j LOG --log-prefix "x -j DROP "'],
    ['a rule of an IPsec daemon', '-s 10.9.0.0/24 -m policy --dir in --pol ipsec --reqid 1 --proto esp -j ACCEPT'],
    ['a rule of keepalived', '-m set --match-set keepalived dst -j DROP'],
    ['a jump to a chain that only returns and logs', '-j calm'],
  ])('does not disturb: %s', (_, rule) => {
    const chains = filter([rule, OURS], ['-A calm -j LOG', '-A calm -j RETURN']);
    expect(disturbingRules('FORWARD', chains)).toEqual([]);
  });

  it('that accepts disturbs only before other rules', () => {
    expect(disturbingRules('FORWARD', filter(['-j ACCEPT', OURS]))).toEqual(['-j ACCEPT']);
    expect(disturbingRules('FORWARD', filter([OURS, '-i qr-1 -j ACCEPT', '-j ACCEPT']))).toEqual([]);
  });

  it('is deleted with its chain if no other rule jumps there', () => {
    const rules = ['-j evil'];
    expect(chainsOnlyOf('FORWARD', rules, filter(rules))).toEqual(['evil']);
    expect(chainsOnlyOf('FORWARD', rules, filter(rules, ['-A INPUT -j evil']))).toEqual([]);
    expect(chainsOnlyOf('FORWARD', ['-j DROP'], filter(['-j DROP']))).toEqual([]);
  });

  it('is told as a command prints it, with its effect', () => {
    expect(disturbanceOf('6/filter/FORWARD', ['-j DROP', '-j evil'])).toEqual({
      what: 'ip6tables -t filter -A FORWARD -j DROP (and 1 more)',
      why: 'drops packets',
    });
    expect(disturbanceOf('4/nat/PREROUTING', [])).toBeUndefined();
  });
});
