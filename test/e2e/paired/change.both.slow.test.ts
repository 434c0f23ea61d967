import { beforeAll, describe, expect, it } from 'vitest';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { expectSame, works } from '../support/expectations.ts';
import { changesOf } from '../support/network.ts';
import { snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs, until } from '../support/suite.ts';
import { docOf } from '../support/topology.ts';
import { tapsCanBeMade } from '../support/taps.ts';
import { renew } from '../support/traffic.ts';

/**
 * A network to change: two nodes with every role, a router with two subnets, three guests, two of them with a floating
 * IP.
 */
const TOPOLOGY = `
name: e2e-change
physical_networks: { outer: {}, inner: {}, second: {} }
nodes:
  node1: &node
    reach: { via: lab }
    nics: { eth0: { physical_network: outer }, eth1: { physical_network: inner }, eth2: { physical_network: second } }
  node2: *node
networks:
  outer:
    physical_network: outer
    external: true
    subnets:
      outside:
        cidr: 203.0.113.0/24
        enable_dhcp: false
        allocation_pools: [{ start: 203.0.113.10, end: 203.0.113.99 }]
  inner:
    id: 11111111-1100-4000-8000-000000000001
    physical_network: inner
    dhcp: { node: node1 }
    subnets: { inside: { cidr: 10.1.0.0/24 } }
  second:
    physical_network: second
    dhcp: { node: node1 }
    subnets: { beside: { cidr: 10.2.0.0/24 } }
routers:
  router:
    node: node1
    external_gateway: { network: outer, fixed_ip_address: 203.0.113.10 }
    interfaces: { inside: {}, beside: {} }
instances:
  a: { node: node1, listen: [22], ports: { eth0: { network: inner } } }
  b: { node: node2, listen: [22], ports: { eth0: { network: inner } } }
  c: { node: node2, listen: [22], ports: { eth0: { network: second } } }
floating_ips:
  fa: { floating_network: outer, floating_ip_address: 203.0.113.21, instance: a }
  fc: { floating_network: outer, floating_ip_address: 203.0.113.23, instance: c }
hosts:
  outside: { listen: [80], nics: { eth0: { physical_network: outer, addresses: [203.0.113.1/24] } } }
expect:
  - { from: a, to: b, protocol: tcp, port: 22 }
  - { from: b, to: c, protocol: tcp, port: 22 }
  - { from: a, to: outside, protocol: tcp, port: 80, seen_as: 203.0.113.21 }
  - { from: b, to: outside, protocol: tcp, port: 80, seen_as: 203.0.113.10 }
  - { from: outside, to: 203.0.113.21, protocol: tcp, port: 22 }
  - { from: outside, to: 203.0.113.23, protocol: tcp, port: 22 }
`;

interface Change {
  readonly what: string;
  readonly change: (doc: Topology) => void;
}

const CHANGES: readonly Change[] = [
  {
    what: 'a subnet gets another range',
    change: (doc) => (doc.networks!['inner']!.subnets!['inside']!.cidr = '10.1.128.0/23'),
  },
  {
    what: 'a subnet gets another gateway',
    change: (doc) => (doc.networks!['inner']!.subnets!['inside']!.gateway_ip = '10.1.0.254'),
  },
  {
    what: 'a subnet is added and served',
    change: (doc) => {
      doc.networks!['inner']!.subnets!['more'] = { cidr: '10.3.0.0/24' };
      doc.routers!['router']!.interfaces!['more'] = {};
    },
  },
  {
    what: 'a network gets another id, so its bridge another name',
    change: (doc) => (doc.networks!['inner']!.id = '22222222-2200-4000-8000-000000000002'),
  },
  { what: 'a network gets another MTU', change: (doc) => (doc.networks!['inner']!.mtu = 1400) },
  {
    what: 'a network moves to another wire, and the other to its',
    change: (doc) => {
      doc.networks!['inner']!.physical_network = 'second';
      doc.networks!['second']!.physical_network = 'inner';
    },
  },
  {
    what: 'the DHCP servers move to the other node',
    change: (doc) => {
      for (const name of ['inner', 'second']) doc.networks![name]!.dhcp = { node: 'node2' };
    },
  },
  {
    what: 'the router’s gateway gets another address',
    change: (doc) => {
      doc.routers!['router']!.external_gateway!.fixed_ip_address = '203.0.113.77';
      doc.expect![3]!.seen_as = '203.0.113.77';
    },
  },
  {
    what: 'the router gets another id',
    change: (doc) => (doc.routers!['router']!.id = '33333333-3300-4000-8000-000000000003'),
  },
  {
    what: 'a port gets another MAC',
    change: (doc) => (doc.instances!['a']!.ports!['eth0']!.mac_address = 'fa:16:3e:aa:bb:cc'),
  },
  {
    what: 'a port gets another id, so its tap another name',
    change: (doc) => (doc.instances!['a']!.ports!['eth0']!.id = '44444444-4400-4000-8000-000000000004'),
  },
  {
    what: 'two guests change addresses',
    change: (doc) => {
      doc.instances!['a']!.ports!['eth0']!.fixed_ip_address = '10.1.0.51';
      doc.instances!['b']!.ports!['eth0']!.fixed_ip_address = '10.1.0.50';
    },
  },
  { what: 'a guest moves to the other node', change: (doc) => (doc.instances!['b']!.node = 'node1') },
  {
    what: 'two floating IPs change guests',
    change: (doc) => {
      [doc.floating_ips!['fa']!.instance, doc.floating_ips!['fc']!.instance] = ['c', 'a'];
      doc.expect![2]!.seen_as = '203.0.113.23';
    },
  },
  {
    what: 'two floating IPs change addresses with the order of the file',
    change: (doc) => {
      doc.floating_ips = {
        fc: { ...doc.floating_ips!['fc']!, floating_ip_address: '203.0.113.21' },
        fa: { ...doc.floating_ips!['fa']!, floating_ip_address: '203.0.113.23' },
      };
      doc.expect![2]!.seen_as = '203.0.113.23';
    },
  },
  { what: 'another release’s rules', change: (doc) => (doc.release = 'mitaka') },
  { what: 'the oldest release’s rules', change: (doc) => (doc.release = 'grizzly') },
];

ownLabs();

describe('a change of the file', () => {
  const network = labOf(() => docOf(TOPOLOGY), { trials: false });
  let before: Record<string, string> = {};

  const become = async (doc: Topology): Promise<void> => {
    await network().edit((current) => {
      for (const key of Object.keys(current)) Reflect.deleteProperty(current, key);
      Object.assign(current, doc);
    });
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
    // A guest gets another address or gateway when it renews its lease.
    for (const guest of network().resolved.instances.keys()) {
      await until(
        () =>
          renew(network(), guest).then(
            () => true,
            () => false,
          ),
        (asked) => asked,
      );
    }
    await works(network());
  };

  beforeAll(async () => {
    before = await snapshots(network());
    await become(docOf(TOPOLOGY));
  });

  it.each(CHANGES)(
    '$what: it settles in one round, the expectations hold, and it can be reverted',
    async ({ change }) => {
      const changed = docOf(TOPOLOGY);
      change(changed);
      await become(changed);
      await become(docOf(TOPOLOGY));
    },
  );

  it('a guest of the lab becomes a tap device of the same name, and back', async ({ skip }) => {
    skip(!tapsCanBeMade(), 'because /dev/net/tun is not open to this user');
    const changed = docOf(TOPOLOGY);
    changed.instances!['b']!.attach = 'tap';
    changed.expect = changed.expect!.filter(({ from, to }) => from !== 'b' && to !== 'b');
    await network().edit((doc) => Object.assign(doc, changed));
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
    const tap = network().resolved.instances.get('b')!.ports[0]!.tap;
    expect(await network().in('node2', `ip -d link show dev ${tap}`)).toContain('tun type tap');
    await become(docOf(TOPOLOGY));
    expect(await network().in('node2', `ip -d link show dev ${tap}`)).toContain('veth');
  });

  it('after all changes, destroy leaves the nodes unchanged', async () => {
    await network().destroy();
    expectSame(before, await snapshots(network()));
  });
});
