import { describe, expect, test } from 'vitest';
import { nicAddress } from '../../../src/kinds/address/spec.ts';
import { nic } from '../../../src/kinds/nic/spec.ts';
import { desiredGraph } from '../../../src/model/graph.ts';
import { graphOf, ORIGIN } from '../../support/engine.ts';
import { testNodes } from '../../support/node.ts';
import { settled, snapshot } from '../../support/snapshot.ts';
import {
  addressesOf,
  bareNode,
  becomes,
  bridgeOf,
  expectQuiet,
  graphFor,
  nothingOf,
  standing,
  GATEWAY,
} from './support.ts';

const nodes = testNodes('ip', 'iptables', 'ping');
const DECLARED = '203.0.113.5/24';

describe('undeclared addresses of the node', () => {
  test('on a link whose name leaves no room for a mark are never ours', async () => {
    const node = await bareNode(nodes);
    await node.sh(`ip link add name br-0123456789ab type bridge
      ip addr add 172.18.0.1/16 brd + dev br-0123456789ab; ip addr add 172.18.0.2/16 dev br-0123456789ab
      ip link set dev br-0123456789ab up`);
    const graph = graphFor({ addresses: [DECLARED] });
    await becomes(node, graph);
    expect(await addressesOf(node, 'br-0123456789ab')).toEqual(['172.18.0.1/16', '172.18.0.2/16']);
    await becomes(node, nothingOf(graph));
    expect(await addressesOf(node, 'br-0123456789ab')).toEqual(['172.18.0.1/16', '172.18.0.2/16']);
  });

  test('that we set on a link of such a name are not deleted either', async () => {
    const node = await nodes.open();
    await node.nic('enx0123456789ab', 'fa:16:3e:00:00:01');
    const free = nic('node1', 'enx0123456789ab', { bridge: null, allowDynamic: false }, ORIGIN);
    const wanted = nicAddress('node1', 'enx0123456789ab', null, '192.168.7.5/24', ORIGIN);
    await becomes(node, graphOf([free, wanted]));
    expect(await addressesOf(node, 'enx0123456789ab')).toEqual(['192.168.7.5/24']);
    await expectQuiet(node, graphOf([]));
    expect(await addressesOf(node, 'enx0123456789ab')).toEqual(['192.168.7.5/24']);
  });

  test('of another topology stay when this one is created, changed and deleted', async () => {
    const node = await bareNode(nodes);
    await node.nic('eth2', 'fa:16:3e:cc:00:01');
    await node.nic('eth3', 'fa:16:3e:cc:00:02');
    const theirs = graphFor({ addresses: [DECLARED] });
    // An address on a NIC in a foreign bridge, and one on a NIC in no bridge.
    const more = [
      nic('node1', 'eth2', { bridge: null, allowDynamic: false }, ORIGIN),
      nicAddress('node1', 'eth2', null, '192.168.7.5/24', ORIGIN),
    ];
    const both = desiredGraph(theirs.topology, theirs.nodes, [...theirs.resources.values(), ...more]);
    await becomes(node, both);
    const before = await snapshot(node);
    const ours = (cidr: string) =>
      desiredGraph(
        'other',
        ['node1'],
        [
          nic('node1', 'eth3', { bridge: null, allowDynamic: false }, ORIGIN),
          nicAddress('node1', 'eth3', null, cidr, ORIGIN),
        ],
      );
    await becomes(node, ours('192.168.8.5/24'));
    await expectQuiet(node, both);
    await becomes(node, ours('192.168.8.6/24'));
    expect(await addressesOf(node, 'eth3')).toEqual(['192.168.8.6/24']);
    await becomes(node, nothingOf(ours('192.168.8.6/24')));
    expect(await settled(node, before)).toEqual(before);
    await expectQuiet(node, both);
    expect(await addressesOf(node, 'eth2')).toEqual(['192.168.7.5/24']);
  });
});

describe('a declared address of a NIC that is in a bridge of ours', () => {
  const graph = graphFor({ addresses: [DECLARED] });
  const bridge = bridgeOf(graph, 'eth1');

  test.each([
    ['the network is destroyed', nothingOf(graph)],
    ['its NIC is no longer needed, and it is undeclared', graphFor({ router: null })],
    ['the node has `state: absent`', graphFor({ addresses: [DECLARED], absent: true })],
  ])('is deleted in one round when %s', async (_title, next) => {
    const node = await bareNode(nodes);
    const plain = await snapshot(node);
    await becomes(node, graph);
    expect(await addressesOf(node, bridge)).toEqual(['192.168.5.2/24', DECLARED]);
    const { rounds } = await becomes(node, next);
    expect(rounds).toBe(1);
    expect(await addressesOf(node, 'eth1')).toEqual(['192.168.5.2/24']);
    await expect(node).toReachGateway(GATEWAY);
    if (next.resources.size === 0) expect(await settled(node, plain)).toEqual(plain);
  });

  test('is changed and deleted without those of the administrator, and their routes', async () => {
    const node = await standing(nodes, graph);
    // The kernel's own default: the other addresses of a subnet are deleted with its first one.
    const key = `/proc/sys/net/ipv4/conf/${bridge}/promote_secondaries`;
    await node.sh(`echo 0 >/proc/sys/net/ipv4/conf/all/promote_secondaries; echo 0 >${key}
      ip addr add 203.0.113.7/24 dev ${bridge}
      ip route replace default via 203.0.113.1; ip route add 198.51.100.0/24 via 203.0.113.1
      ip monitor route >/run/monitor 2>&1 & echo $! >/run/monitor.pid; sleep 0.1`);
    await becomes(node, graphFor({ addresses: ['203.0.113.6/24'] }));
    expect((await addressesOf(node, bridge)).sort()).toEqual(['192.168.5.2/24', '203.0.113.6/24', '203.0.113.7/24']);
    const { rounds } = await becomes(node, graphFor());
    expect(rounds).toBe(1);
    expect((await addressesOf(node, bridge)).sort()).toEqual(['192.168.5.2/24', '203.0.113.7/24']);
    const routes = await node.sh('ip route show default; ip route show 198.51.100.0/24');
    expect(routes.match(/via \S+/g)).toEqual(['via 203.0.113.1', 'via 203.0.113.1']);
    const monitored = await node.sh('sleep 0.1; kill $(cat /run/monitor.pid); cat /run/monitor');
    expect(monitored.split('\n').filter((line) => /^Deleted .* via /.test(line))).toEqual([]);
    expect(await node.sh(`cat ${key}`)).toBe('0\n');
  });
});
