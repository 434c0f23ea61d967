import { beforeAll, describe, expect, it } from 'vitest';
import { works } from '../support/expectations.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { docOf } from '../support/topology.ts';

const TOPOLOGY = `
name: e2e-foreign-filter
physical_networks: { inner: {} }
nodes:
  node1: &node
    reach: { via: lab }
    manage_bridge_netfilter: true
    nics: { eth1: { physical_network: inner } }
  node2: *node
networks:
  lan: { physical_network: inner, dhcp: { node: node1 }, subnets: { lan-subnet: { cidr: 10.1.0.0/24 } } }
security_groups:
  web: { rules: [{ direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80 }] }
instances:
  web:
    node: node1
    listen: [22, 80]
    ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.11, security_groups: [web] } }
  guest: { node: node2, listen: [22], ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.12 } } }
expect:
  - { from: guest, to: web, protocol: tcp, port: 80 }
  - { from: guest, to: web, protocol: tcp, port: 22, succeeds: false }
  - { from: web, to: guest, protocol: tcp, port: 22, succeeds: false }
`;

/** Filters of other programs that drop all that is bridged, and how each is removed. */
const DROPPING: readonly (readonly [what: string, script: string, remove: string])[] = [
  [
    'an nft table that rejects, like firewalld’s',
    `nft add table inet fw
    nft add chain inet fw f '{ type filter hook forward priority 10; }'
    nft add rule inet fw f ct state established,related accept
    nft add rule inet fw f reject with icmpx admin-prohibited`,
    'nft delete table inet fw',
  ],
  [
    'an nft table with the policy DROP',
    `nft add table ip fw; nft add chain ip fw f '{ type filter hook forward priority 0; policy drop; }'`,
    'nft delete table ip fw',
  ],
  ['the policy of the other iptables', 'iptables-legacy -P FORWARD DROP', 'iptables-legacy -P FORWARD ACCEPT'],
  ['a rule of the other iptables', 'iptables-legacy -A FORWARD -j REJECT', 'iptables-legacy -F FORWARD'],
  ['a rule before our jumps', 'iptables -I FORWARD -j REJECT', 'iptables -D FORWARD -j REJECT'],
];

/** Rules of other programs that open what the groups close. */
const OPENING: readonly (readonly [rule: string, remove: string])[] = [
  ['-I FORWARD -m physdev --physdev-is-bridged -j ACCEPT', '-D FORWARD -m physdev --physdev-is-bridged -j ACCEPT'],
  ['-I FORWARD -j ACCEPT', '-D FORWARD -j ACCEPT'],
  ['-t raw -I PREROUTING -j NOTRACK', '-t raw -D PREROUTING -j NOTRACK'],
];

ownLabs();

describe('filters of other programs, with security groups', () => {
  const network = labOf(() => docOf(TOPOLOGY), { trials: false });

  beforeAll(async () => {
    await network().apply();
    await works(network());
  });

  it.each(DROPPING)(
    '%s: the plan names it, and its hint lets through what the groups allow',
    async (_, script, remove) => {
      await network().in('node1', script);
      await expect(works(network())).rejects.toThrow();
      const { diagnostics } = await network().plan();
      const [first] = diagnostics;
      expect(first?.code).toBe('NLP04');
      // No object differs, so it stops nothing; on a node with changes it is an error.
      expect(first?.severity).toBe('warning');
      for (const { hint = '', place } of diagnostics) {
        const line =
          /^on \S+: (?:put that rule behind ours: )?(.*?)(?:;| \(security groups|, or |$)/.exec(hint)?.[1] ?? '';
        await network().in(place?.node ?? '', line);
        // The same rule may be named for several bridges.
        if ((await network().plan()).diagnostics.length === 0) break;
      }
      expect((await network().plan()).diagnostics).toEqual([]);
      expect(changesOf(await network().plan())).toEqual([]);
      await works(network());
      await network().in('node1', remove);
      await network().in('node1', 'iptables-legacy -F FORWARD');
      await works(network());
    },
  );

  it.each(OPENING)('%s: one apply closes it again', async (rule, remove) => {
    await network().in('node1', `iptables ${rule}`);
    await network().in('node2', `iptables ${rule}`);
    if (rule.includes('FORWARD')) await expect(works(network())).rejects.toThrow();
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
    await works(network());
    for (const node of ['node1', 'node2']) {
      expect(await network().in(node, 'iptables-save')).toContain(rule.split(' -j ')[1]);
      await network().in(node, `iptables ${remove}`);
    }
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('a program that inserts its rule again and again: each plan shows it, and each apply ends', async () => {
    const rule = 'FORWARD -m physdev --physdev-is-bridged -j ACCEPT';
    for (let turn = 0; turn < 3; turn += 1) {
      await network().in('node1', `iptables -D ${rule} 2>/dev/null; iptables -I ${rule}`);
      expect(changesOf(await network().plan())).toHaveLength(1);
      await network().apply();
      await works(network());
    }
    await network().in('node1', `iptables -D ${rule}`);
  });
});
