import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { byMechanism } from '../../support/mechanism.ts';
import { refusals } from '../support/expectations.ts';
import { itOnlyWith } from '../support/mechanism.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { docOf } from '../support/topology.ts';

const TOPOLOGY = `
name: e2e-door
physical_networks: { inner: {} }
nodes:
  node1: { reach: { via: lab }, nics: { eth1: { physical_network: inner } } }
networks:
  lan: { physical_network: inner, subnets: { lan-subnet: { cidr: 10.1.0.0/24 } } }
instances:
  vm: { node: node1, ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.11 } } }
hosts:
  admin: { nics: { eth0: { physical_network: inner, addresses: [10.50.0.1/24] } } }
`;

/** Rules that allow SSH by the NIC alone, for packets or for their answers, and how they are removed. */
const DOORS: readonly (readonly [what: string, script: string, remove: string, rule: string])[] = [
  [
    'iptables',
    'iptables -A INPUT -i lo -j ACCEPT; iptables -A INPUT -i eth1 -p tcp --dport 22 -j ACCEPT; iptables -P INPUT DROP',
    'iptables -P INPUT ACCEPT; iptables -F INPUT',
    '-P INPUT DROP',
  ],
  [
    'iptables, answers',
    'iptables -A OUTPUT -o lo -j ACCEPT; iptables -A OUTPUT -o eth1 -j ACCEPT; iptables -P OUTPUT DROP',
    'iptables -P OUTPUT ACCEPT; iptables -F OUTPUT',
    '-P OUTPUT DROP',
  ],
  [
    'the other iptables',
    'iptables-legacy -A INPUT -i eth1 -p tcp --dport 22 -j ACCEPT; iptables-legacy -A INPUT -p tcp -j DROP',
    'iptables-legacy -F INPUT',
    'iptables-legacy -A INPUT -p tcp -j DROP',
  ],
  [
    'nft',
    `nft add table inet host; nft add chain inet host input '{ type filter hook input priority 0; policy drop; }'
    nft add rule inet host input iif lo accept; nft add rule inet host input iif eth1 tcp dport 22 accept`,
    'nft delete table inet host',
    'nft table inet host, chain input: policy drop',
  ],
];

const ANSWERS = `timeout 2 bash -c 'exec 3<>/dev/tcp/10.50.0.9/22 && head -c 2 <&3' 2>/dev/null || echo no`;

ownLabs();

describe('SSH to a NIC that becomes a port of a bridge', () => {
  const network = labOf(() => docOf(TOPOLOGY), { trials: false });
  const bridge = byMechanism({ linuxbridge: 'brq', openvswitch: 'br-eth1' });
  const answers = async (): Promise<string> => (await network().in('admin', ANSWERS)).trim();

  beforeAll(async () => {
    await network().in(
      'node1',
      `ip address add 10.50.0.9/24 dev eth1
      perl -MIO::Socket::INET -e '
        my $s = IO::Socket::INET->new(LocalPort => 22, Listen => 5, ReuseAddr => 1) or die;
        while (my $c = $s->accept) { print $c "ok"; close $c }' </dev/null >/dev/null 2>&1 &
      until ss -Htln sport = :22 | grep -q .; do sleep 0.05; done`,
    );
  });

  it.each(DOORS)(
    '%s: refused with the rule, and after the line of the hint SSH works by the bridge',
    async (...door) => {
      const [, script, remove, rule] = door;
      await network().in('node1', script);
      // Also if this test fails: the next one has rules of its own.
      onTestFinished(async () => {
        await network().in('node1', remove);
      });
      expect(await answers()).toBe('ok');
      expect(await refusals(network())).toEqual([
        expect.stringMatching(/^NLP35 node1: node1 would refuse SSH, to 10\.50\.0\.9, once eth1 is in /),
      ]);
      const { diagnostics } = await network().plan();
      const [error] = diagnostics.filter(({ code }) => code === 'NLP35');
      expect(error?.summary).toContain(`is in ${bridge}`);
      expect(error?.summary).toContain(rule);
      await network().in('node1', error?.hint?.replace('on node1: ', '') ?? 'false');
      expect(await refusals(network())).toEqual([]);
      await network().apply();
      expect(await answers()).toBe('ok');
      expect(changesOf(await network().plan())).toEqual([]);
      await network().destroy();
      expect(await answers()).toBe('ok');
    },
  );

  // The switch in the lab works in user space, and the kernel still gets a copy of each frame by the NIC.
  itOnlyWith('linuxbridge', 'would indeed be refused', async () => {
    await network().apply();
    const [[, script, remove] = []] = DOORS;
    await network().in('node1', script ?? '');
    expect(await answers()).toBe('no');
    await network().in('node1', remove ?? '');
    expect(await answers()).toBe('ok');
    await network().destroy();
  });
});
