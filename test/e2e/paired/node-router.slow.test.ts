import { describe, expect, it } from 'vitest';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { whyNoOvs } from '../../support/node.ts';
import { refusals, works } from '../support/expectations.ts';
import { changesOf } from '../support/network.ts';
import { get } from '../support/metadata.ts';
import { SET_UP } from '../support/own-namespace.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { example } from '../support/topology.ts';
import { allBound, asks } from '../support/traffic.ts';

const NODE = 'openstack';
const OUTSIDE = '182.168.61.1';

/** Returns the published system of Open vSwitch on a node without namespaces, with the rules of a release. */
function withoutNamespaces(release: NonNullable<Topology['release']>): Topology {
  const doc = example(`e2e-rootns-${release}`, 'openvswitch-grizzly.yaml');
  const node = { ...doc.nodes?.[NODE], use_namespaces: false };
  return { ...doc, release, nodes: { [NODE]: node } };
}

/** Prints the foreign rules, routes and addresses. */
const PRINT_FOREIGN = `for p in iptables ip6tables; do $p-save; done |
  grep -vE '^[#*C]|^:[A-Z]+ ACCEPT|neutron-|quantum-|netloom-' | sed 's/\\[.*//'
ip route show | grep -E 'wire9|10.200'; ip -4 -o addr show dev wire9; ip -d link show dev lo | grep alias || :`;

/** Prints all rules, routes and addresses. */
const PRINT_ALL = `for p in iptables ip6tables; do $p-save; done | grep -vE '^[#*C]|^:[A-Z]+ ACCEPT' | sed 's/\\[.*//'
ip route show; ip -4 -o addr show; ip netns list`;

ownLabs();

describe.skipIf(whyNoOvs() !== undefined).each(['grizzly', 'zed'] as const)(
  'a router without a namespace, %s',
  (release) => {
    const network = labOf(() => withoutNamespaces(release), { trials: false });
    const now = (script: string): Promise<string> => network().in(NODE, script);
    let theirs = '';
    let before = '';

    it('is created beside the node’s own configuration, with floating IPs and source NAT', async () => {
      await now(SET_UP);
      [theirs, before] = [await now(PRINT_FOREIGN), await now(PRINT_ALL)];
      await network().apply();
      expect(changesOf(await network().plan())).toEqual([]);
      expect((await now('ip netns list')).split('\n').filter((name) => name.includes('router'))).toEqual([]);
      expect(await now('ip -o -4 addr show')).toContain('182.168.61.251/32');
      await works(network());
      expect(await now(PRINT_FOREIGN)).toBe(theirs);
    });

    it('translates the source address of an instance without a floating IP', async () => {
      await network().edit((doc) => {
        delete doc.floating_ips?.['another-public'];
      });
      await network().apply();
      expect(changesOf(await network().plan())).toEqual([]);
      await allBound(network());
      expect(await asks(network(), 'another', OUTSIDE, 80)).toBe('gateway sees 182.168.61.249');
      expect(await now('ip -o -4 addr show')).not.toContain('182.168.61.250');
      expect(await now('ls /run/netloom/*/debts 2>/dev/null || :')).toBe('');
      await network().edit((doc) => {
        doc.floating_ips = { ...withoutNamespaces(release).floating_ips };
      });
      await network().apply();
      await expect(network()).toPing('gateway', '182.168.61.250');
      expect(await now(PRINT_FOREIGN)).toBe(theirs);
    });

    it('is repaired after its rules, addresses and routes were damaged by hand', async () => {
      const whole = await now(PRINT_ALL);
      await now(
        `set -e; iptables -t nat -D POSTROUTING 1; ip route del default
      ip addr del 182.168.61.251/32 dev qg-282f4d8c-81
      ip addr add 192.0.2.9/24 dev qg-282f4d8c-81; iptables -t nat -I POSTROUTING 1 -s 10.99.0.0/16 -j ACCEPT`,
      );
      await network().apply();
      await now('iptables -t nat -D POSTROUTING -s 10.99.0.0/16 -j ACCEPT');
      expect((await now(PRINT_ALL)).split('\n').sort()).toEqual(whole.split('\n').sort());
      await works(network());
    });

    it('forwards ports and answers for metadata, beside a DHCP server in a namespace', async () => {
      await network().edit((doc) => {
        doc.instances!['myvm']!.metadata = { hostname: 'my.example.org', user_data: 'hello' };
        doc.floating_ips!['shared'] = {
          floating_network: 'external_net1',
          floating_ip_address: '182.168.61.252',
          port_forwardings: [
            { protocol: 'tcp', external_port: 2222, internal_port: 22, instance: 'myvm' },
            { protocol: 'tcp', external_port_range: '5000:5002', internal_port_range: '21:23', instance: 'myvm' },
          ],
        };
      });
      await network().apply();
      const begun = (): number => network().events.filter(({ type }) => type === 'batch-start').length;
      const before = begun();
      expect(changesOf(await network().plan())).toEqual([]);
      await network().apply();
      expect(begun()).toBe(before);
      await works(network());

      expect(await get(network(), 'myvm', '/latest/meta-data/hostname')).toBe('200 my.example.org');
      expect(await get(network(), 'myvm', '/latest/user-data')).toBe('200 hello');
      expect(await get(network(), 'another', '/latest/meta-data/hostname')).toMatch(/^404 /);
      // Its port is reachable only by that address.
      expect(await asks(network(), 'gateway', '182.168.61.249', 9697)).toBeUndefined();
      expect(await asks(network(), 'myvm', '10.1.1.1', 9697)).toBeUndefined();

      expect(await asks(network(), 'gateway', '182.168.61.252', 2222)).toBe(`myvm sees ${OUTSIDE}`);
      expect(await asks(network(), 'gateway', '182.168.61.252', 5001)).toBe(`myvm sees ${OUTSIDE}`);
      expect(await asks(network(), 'gateway', '182.168.61.252', 22)).toBeUndefined();
      expect(await asks(network(), 'another', '182.168.61.252', 2222)).toBe('myvm sees 182.168.61.250');

      const inDhcp =
        "ip netns pids $(ip netns list | sed -n 's/^\\(qdhcp-[^ ]*\\).*/\\1/p') | xargs -I{} cat /proc/{}/comm";
      expect(await now(inDhcp)).toBe('dnsmasq\n');
      expect(await now(PRINT_FOREIGN)).toBe(theirs);
    });

    it('restarts its metadata proxy after it died, and stops it with the last instance that has metadata', async () => {
      const proxies = 'pgrep -x haproxy --nslist net --ns $$ || :';
      const pid = await now(proxies);
      expect(pid).toMatch(/^\d+\n$/);
      await now(`kill -9 ${pid}`);
      await network().apply();
      expect(await get(network(), 'myvm', '/latest/user-data')).toBe('200 hello');
      await network().edit((doc) => {
        delete doc.instances!['myvm']!.metadata;
        delete doc.floating_ips!['shared'];
      });
      await network().apply();
      expect(await now(proxies)).toBe('');
      expect(await get(network(), 'myvm', '/latest/user-data')).toMatch(/refused/);
      expect(await asks(network(), 'gateway', '182.168.61.252', 2222)).toBeUndefined();
      expect(await now(PRINT_FOREIGN)).toBe(theirs);
    });

    it('is refused if another program listens on the port of its metadata proxy', async () => {
      await network().edit((doc) => {
        doc.instances!['myvm']!.metadata = {};
      });
      await now(`perl -MIO::Socket::INET -e '
        my $l = IO::Socket::INET->new(LocalAddr => "127.0.0.1:9697", Listen => 1) or die;
        sleep 60' </dev/null >/dev/null 2>&1 &
        echo $! >/run/listener; for i in 1 2 3 4 5 6 7 8 9; do ss -ltn | grep -q :9697 || sleep 0.2; done`);
      expect(await refusals(network())).toEqual([
        'NLP16 openstack: TCP port 9697 of openstack itself, which haproxy needs, is in use',
      ]);
      await now('kill $(cat /run/listener); rm /run/listener; sleep 0.2');
      await network().apply();
      expect(await get(network(), 'myvm', '/latest/meta-data/hostname')).toBe('200 myvm');
      expect(changesOf(await network().plan())).toEqual([]);
      await network().edit((doc) => {
        delete doc.instances!['myvm']!.metadata;
      });
    });

    it('leaves only the node’s own configuration', async () => {
      await network().destroy();
      expect(await now(PRINT_ALL)).toBe(before);
      expect(await now('ovs-vsctl list-br')).toBe('');
    });

    it('is refused if the node has its own default route or an address in its network', async () => {
      await now('ip route add default via 172.31.0.9');
      expect(await refusals(network())).toEqual([
        'NLP14 openstack: openstack has a default route of its own (via 172.31.0.9 dev wire9)',
      ]);
      await now('ip route del default; ip addr add 10.1.1.77/24 dev wire9');
      expect(await refusals(network())).toEqual([
        'NLP13 openstack: 10.1.1.1/24 overlaps 10.1.1.77/24, which openstack itself has on wire9',
      ]);
      await now('ip addr del 10.1.1.77/24 dev wire9');
      expect(await now(PRINT_ALL)).toBe(before);
    });

    it('is refused if the node’s rules drop all forwarding, and warned of if they drop one direction', async () => {
      const policy = '-P FORWARD DROP';
      await now(`iptables ${policy}`);
      expect(await refusals(network())).toEqual([
        `NLP15 openstack: openstack would drop everything between the router’s ports: ${policy}`,
      ]);
      await now(
        'iptables -A FORWARD -i qr-+ -j ACCEPT; iptables -A FORWARD -o qr-+ -m state --state ESTABLISHED -j ACCEPT',
      );
      const { diagnostics } = await network().plan();
      expect(diagnostics.map(({ code, severity, summary }) => `${severity} ${code} ${summary}`)).toEqual([
        `warning NLP15 openstack would drop what is forwarded from qg-282f4d8c-81 to qr-aff7e122-3b: ${policy}`,
      ]);
      await now('iptables -A FORWARD -o qr-+ -j ACCEPT');
      await network().apply();
      await works(network());
      expect(await now('iptables -S FORWARD')).toContain('-A FORWARD -i qr-+ -j ACCEPT\n');
      await network().destroy();
      await now(`iptables -P FORWARD ACCEPT; iptables -D FORWARD -o qr-+ -j ACCEPT
        iptables -D FORWARD -o qr-+ -m state --state ESTABLISHED -j ACCEPT; iptables -D FORWARD -i qr-+ -j ACCEPT`);
      expect(await now(PRINT_ALL)).toBe(before);
    });
  },
);
