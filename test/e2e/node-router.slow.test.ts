import { describe, expect, it } from 'vitest';
import type { Topology } from '../../src/topology/types.gen.ts';
import { noOvs } from '../support/node.ts';
import { refusals, works } from './support/expectations.ts';
import { changesOf } from './support/network.ts';
import { labOf, ownLabs } from './support/suite.ts';
import { example } from './support/topology.ts';
import { allBound, asks, pings } from './support/traffic.ts';

const NODE = 'openstack';
const OUTSIDE = '182.168.61.1';

/** The published system of Open vSwitch on a node without namespaces, in this release. */
function withoutNamespaces(release: NonNullable<Topology['release']>): Topology {
  const doc = example(`e2e-rootns-${release}`, 'openvswitch-grizzly.yaml');
  const node = { ...doc.nodes?.[NODE], use_namespaces: false };
  return { ...doc, release, nodes: { [NODE]: node } };
}

/** A node that somebody has set up before: rules in every table, a route, an address. */
const SET_UP = `set -e
iptables-restore --noflush <<'X'
*nat
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A POSTROUTING -s 172.17.0.0/16 -j MASQUERADE
COMMIT
*filter
:theirs - [0:0]
-A INPUT -i eth9 -j theirs
-A theirs -m comment --comment "not \\"ours\\"" -j ACCEPT
-A FORWARD -i docker0 -o eth9 -j ACCEPT
COMMIT
*mangle
-A PREROUTING -i eth9 -j MARK --set-xmark 0x7/0xff
COMMIT
X
ip6tables -A INPUT -i eth9 -j ACCEPT
ip link add name wire9 type veth peer name wire8; ip link set dev wire8 up; ip addr add 172.31.0.1/24 dev wire9; ip link set dev wire9 up
ip route add 10.200.0.0/16 via 172.31.0.2`;

/** What is theirs of the rules, routes and addresses. */
const THEIRS = `for p in iptables ip6tables; do $p-save; done | grep -vE '^[#*C]|^:[A-Z]+ ACCEPT|neutron-|quantum-|netloom-' | sed 's/\\[.*//'
ip route show | grep -E 'wire9|10.200'; ip -4 -o addr show dev wire9; ip -d link show dev lo | grep alias || :`;

/** All of it, ours too. */
const ALL = `for p in iptables ip6tables; do $p-save; done | grep -vE '^[#*C]|^:[A-Z]+ ACCEPT' | sed 's/\\[.*//'; ip route show; ip -4 -o addr show; ip netns list`;

ownLabs();

describe.skipIf(noOvs() !== undefined).each(['grizzly', 'zed'] as const)(
  'a router without a namespace, %s',
  (release) => {
    const network = labOf(() => withoutNamespaces(release), { trials: false });
    const now = (script: string): Promise<string> => network().in(NODE, script);
    let theirs = '';
    let before = '';

    it('stands beside what the node has, with floating IPs and the way out', async () => {
      await now(SET_UP);
      [theirs, before] = [await now(THEIRS), await now(ALL)];
      await network().apply();
      expect(changesOf(await network().plan())).toEqual([]);
      expect((await now('ip netns list')).split('\n').filter((name) => name.includes('router'))).toEqual([]);
      expect(await now('ip -o -4 addr show')).toContain('182.168.61.251/32');
      await works(network());
      expect(await now(THEIRS)).toBe(theirs);
    });

    it('translates the source of who has no floating IP', async () => {
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
      expect(await pings(network(), 'gateway', '182.168.61.250')).toBe(true);
      expect(await now(THEIRS)).toBe(theirs);
    });

    it('is mended after rules, addresses and routes of it were damaged by hand', async () => {
      const whole = await now(ALL);
      await now(
        `set -e; iptables -t nat -D POSTROUTING 1; ip route del default; ip addr del 182.168.61.251/32 dev qg-282f4d8c-81
      ip addr add 192.0.2.9/24 dev qg-282f4d8c-81; iptables -t nat -I POSTROUTING 1 -s 10.99.0.0/16 -j ACCEPT`,
      );
      await network().apply();
      await now('iptables -t nat -D POSTROUTING -s 10.99.0.0/16 -j ACCEPT');
      expect((await now(ALL)).split('\n').sort()).toEqual(whole.split('\n').sort());
      await works(network());
    });

    it('leaves nothing but what was there', async () => {
      await network().destroy();
      expect(await now(ALL)).toBe(before);
      expect(await now('ovs-vsctl list-br')).toBe('');
    });

    it('is refused where the node has a default route or an address of its own there', async () => {
      await now('ip route add default via 172.31.0.9');
      expect(await refusals(network())).toEqual([
        'NLP14 openstack: openstack has a default route of its own (via 172.31.0.9 dev wire9)',
      ]);
      await now('ip route del default; ip addr add 10.1.1.77/24 dev wire9');
      expect(await refusals(network())).toEqual([
        'NLP13 openstack: 10.1.1.1/24 overlaps 10.1.1.77/24, which openstack itself has on wire9',
      ]);
      await now('ip addr del 10.1.1.77/24 dev wire9');
      expect(await now(ALL)).toBe(before);
    });
  },
);
