import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { labRun, parseRenewed, renewCommand } from '../../../src/lab/index.ts';
import type { Topology } from '../../../src/topology/types.gen.ts';
import type { Outcome } from '../../../src/verify/probe.ts';
import { labOf, ownLabs } from '../support/suite.ts';

const TOPOLOGY = `
name: e2e-failures
physical_networks: { wire: {}, ext: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth0: { physical_network: wire }, eth1: { physical_network: ext } } }
networks:
  net1: { physical_network: wire, subnets: { s1: { cidr: 10.0.0.0/24 } } }
  ext: { physical_network: ext, external: true, subnets: { e1: { cidr: 203.0.113.0/24, enable_dhcp: false } } }
routers:
  r: { node: n1, external_gateway: { network: ext, fixed_ip_address: 203.0.113.10 }, interfaces: { s1: {} } }
security_groups:
  web: { rules: [{ direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 81 }] }
  mute: { default_rules: false }
instances:
  a: { node: n1, ports: { eth0: { network: net1, fixed_ip_address: 10.0.0.11 } } }
  b:
    node: n1
    listen: [80, 82]
    ports: { eth0: { network: net1, fixed_ip_address: 10.0.0.12, security_groups: [web] } }
  c: { node: n1, ports: { eth0: { network: net1, fixed_ip_address: 10.0.0.13, security_groups: [mute] } } }
hosts:
  out: { listen: [443], nics: { eth0: { physical_network: ext, addresses: [203.0.113.1/24] } } }
expect:
  - { from: a, to: b, protocol: tcp, port: 81, succeeds: refused }
  - { from: a, to: b, protocol: tcp, port: 82, succeeds: false }
  - { from: c, to: b, protocol: tcp, port: 80, succeeds: false }
  - { from: out, to: b, succeeds: false }
  - { from: a, to: 203.0.113.77, succeeds: false }
  - { from: a, to: out, protocol: tcp, port: 444, succeeds: refused }
`;

const IN_ROUTER = 'ip netns exec "$(ip netns | grep -o "qrouter-[0-9a-f-]*")"';
const REJECT = 'FORWARD -d 203.0.113.1 -j REJECT --reject-with icmp-admin-prohibited';

ownLabs();

describe('connections that are expected to fail', () => {
  const network = labOf(() => parse(TOPOLOGY) as Topology);

  function told(outcomes: readonly Outcome[]): readonly string[] {
    return outcomes.map(({ ok, result, detail }) => `${ok ? 'ok' : 'not ok'} ${result} ${detail}`);
  }

  it('are undecided before an apply', async () => {
    expect(told(await network().verify())).toEqual([
      'not ok undecided a does not have its address 10.0.0.11',
      'not ok undecided a does not have its address 10.0.0.11',
      'not ok undecided c does not have its address 10.0.0.13',
      'not ok undecided out gets no ARP answer from 203.0.113.10',
      'not ok undecided a does not have its address 10.0.0.11',
      'not ok undecided a does not have its address 10.0.0.11',
    ]);
  });

  it('are decided in the first second after it', async () => {
    await network().apply();
    expect(told(await network().verify()).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'ok refused',
      'ok no-answer',
      'ok no-answer',
      'ok no-answer',
      'ok no-answer',
      'ok refused',
    ]);
  });

  it('are refused by an ICMP error of a router', async () => {
    await network().in('n1', `${IN_ROUTER} iptables -I ${REJECT}`);
    expect(told(await network().verify()).at(-1)).toBe('ok refused refused by 10.0.0.1');
    await network().in('n1', `${IN_ROUTER} iptables -D ${REJECT}`);
  });

  it('a guest takes a changed address and MTU after its lease is renewed', async () => {
    await network().edit((doc) => {
      doc.networks!['net1']!.mtu = 1400;
      doc.instances!['a']!.ports!['eth0']!.fixed_ip_address = '10.0.0.21';
    });
    await network().apply();
    expect(await network().in('a', 'ip -4 -o address show eth0')).toContain('10.0.0.11/24');
    const [program = '', ...args] = renewCommand('a');
    const { stdout } = await labRun(network().topology, 'a', [program, ...args]);
    expect(parseRenewed(stdout)).toEqual([
      { device: 'eth0', dhcp: true, before: '10.0.0.11', address: '10.0.0.21', mtu: 1400 },
    ]);
    expect(await network().in('a', 'ip -o address show eth0; ip -o link show eth0')).toMatch(
      /10\.0\.0\.21\/24[^]*mtu 1400/,
    );
    expect((await network().verify()).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('are undecided beyond a gateway that is down, and where the target is without address', async () => {
    await network().in('n1', `${IN_ROUTER} sh -c 'ip link set "$(ls /sys/class/net | grep qr-)" down'`);
    await network().in('b', 'ip -4 address flush dev eth0');
    expect(told(await network().verify())).toEqual([
      'not ok undecided b does not have its address 10.0.0.12',
      'not ok undecided b does not have its address 10.0.0.12',
      'not ok undecided b does not have its address 10.0.0.12',
      'not ok undecided b does not have its address 10.0.0.12',
      'not ok undecided a gets no ARP answer from 10.0.0.1',
      'not ok undecided a gets no ARP answer from 10.0.0.1',
    ]);
  });

  it('are undecided after a destroy', async () => {
    await network().destroy();
    expect(told(await network().verify()).filter((line) => !line.startsWith('not ok undecided'))).toEqual([]);
  });
});
