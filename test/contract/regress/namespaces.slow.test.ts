import { beforeAll, describe, expect, test } from 'vitest';
import { netns } from '../../../src/kinds/netns/spec.ts';
import { bridge } from '../../../src/kinds/bridge/spec.ts';
import { veth } from '../../../src/kinds/veth/spec.ts';
import { graphOf, inShort, ORIGIN, planOn } from '../../support/engine.ts';
import { testNodes, type TestNode } from '../../support/node.ts';
import { addressesOf, becomes, expectQuiet, graphFor, nameOf, nothingOf, standing } from './support.ts';

const nodes = testNodes('ip', 'iptables');
const graph = graphFor();
const ROUTER = nameOf(graph, 'netns', 'qrouter-');
const QG = nameOf(graph, 'veth', 'qg-');
const QR = nameOf(graph, 'veth', 'qr-');
const TAP = `tap${QR.slice('qr-'.length)}`;

/** The number of a link, and that of its other end. */
async function numbers(node: TestNode, device: string, at = ''): Promise<{ own: number; peer: number }> {
  const [link] = JSON.parse(await node.sh(`ip ${at} -j link show dev ${device}`)) as {
    ifindex: number;
    link_index: number;
  }[];
  return { own: link?.ifindex ?? 0, peer: link?.link_index ?? 0 };
}

/** A foreign link on the node with the numbers of another pair; both ends are given. */
async function namesake(node: TestNode, own: number, peer: number): Promise<void> {
  await node.sh(`ip netns add theirs-${own}
    ip link add ext0 index ${own} type veth peer name ext1 index ${peer} netns theirs-${own}
    ip link set dev ext0 up; ip addr add 10.55.0.5/24 dev ext0`);
}

/** Moves a link into a namespace that is not read. */
async function moveAway(node: TestNode, device: string): Promise<void> {
  await node.sh(`unshare -n sleep 1000 </dev/null >/dev/null 2>&1 & pid=$!
    until [ "$(readlink /proc/$pid/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.01; done
    ip link set dev ${device} netns $pid`);
}

describe('a foreign namespace', () => {
  test('stays, with its contents, although a link of ours was moved into it', async () => {
    const node = await standing(nodes, graph);
    // A namespace with a desired name is recognised by such a link.
    await node.sh(`ip -n ${ROUTER} link set dev lo alias ''`);
    const { first } = await becomes(node, graph);
    expect(inShort(first.plan.changes)).toEqual([`update node1/-/netns/${ROUTER} (owed)`]);
    await node.sh(`ip netns add foo; ip -n foo link add keep0 type bridge; ip -n foo addr add 10.99.9.9/24 dev keep0
      ip link set dev ${TAP} netns foo`);
    await becomes(node, graph);
    expect(await node.sh('ip -n foo -4 -o addr show dev keep0')).toContain('10.99.9.9/24');
    await node.sh(`ip link set dev ${TAP} netns foo`);
    await becomes(node, nothingOf(graph));
    expect(await node.sh('ip -n foo -4 -o addr show dev keep0')).toContain('10.99.9.9/24');
    expect(await node.sh('ls /run/netns')).toBe('foo\n');
  });
});

describe('a foreign link on the node whose numbers match by coincidence', () => {
  test('is left alone: the numbers of a foreign link in a deleted namespace of ours', async () => {
    const node = await standing(nodes, graph);
    await node.sh(`ip netns add c; ip -n ${ROUTER} link add fa index 50 type veth peer name fb index 60 netns c`);
    await namesake(node, 60, 50);
    // The foreign pair leads into the router.
    await expectQuiet(node, graph, ['NLP40']);
    await becomes(node, nothingOf(graph));
    expect(await addressesOf(node, 'ext0')).toEqual(['10.55.0.5/24']);
  });

  test('is left alone: the numbers of a tap of ours that was moved away', async () => {
    const node = await standing(nodes, graph);
    const { own, peer } = await numbers(node, TAP);
    await moveAway(node, TAP);
    await namesake(node, own, peer);
    await becomes(node, graph);
    expect(await addressesOf(node, 'ext0')).toEqual(['10.55.0.5/24']);
    await becomes(node, nothingOf(graph));
    expect(await addressesOf(node, 'ext0')).toEqual(['10.55.0.5/24']);
  });

  test('is left alone: the numbers of the only tap of a namespace, which was moved away', async () => {
    const node = await nodes.open();
    const place = { node: 'node1', netns: 'qdhcp-1', device: 'ns-1' };
    const single = graphOf([
      bridge('node1', 'brq0', { mac: 'fa:16:3e:00:00:aa' }, ORIGIN),
      netns('node1', 'qdhcp-1', ORIGIN),
      veth(place, { mac: 'fa:16:3e:00:00:02', mtu: 1500, tap: 'tap1', bridge: 'brq0' }, ORIGIN),
    ]);
    await becomes(node, single);
    const { own, peer } = await numbers(node, 'tap1');
    await moveAway(node, 'tap1');
    await namesake(node, own, peer);
    await becomes(node, single);
    expect(await addressesOf(node, 'ext0')).toEqual(['10.55.0.5/24']);
    await becomes(node, nothingOf(single));
    expect(await addressesOf(node, 'ext0')).toEqual(['10.55.0.5/24']);
  });
});

describe('a router', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await standing(nodes, graph);
  });

  test('keeps an address that a router advertisement brought', async () => {
    await node.sh(`ip -n ${ROUTER} addr add 2001:db8:77::5/64 dev ${QG} nodad valid_lft 3600 preferred_lft 1800`);
    await expectQuiet(node, graph);
    await becomes(node, graphFor({ floating: '203.0.113.21' }));
    expect(await node.sh(`ip -n ${ROUTER} -6 -o addr show dev ${QG}`)).toContain('2001:db8:77::5/64');
    expect(inShort((await planOn(node, graphFor({ floating: '203.0.113.21' }))).plan.changes)).toEqual([]);
  });

  test('is deleted with its taps while a program runs in it, and /sys is another namespace’s', async () => {
    await node.sh(`mount -t tmpfs t /sys
      nsenter --net=/run/netns/${ROUTER} sleep 1000 </dev/null >/dev/null 2>&1 & echo $! >/run/sleep.pid`);
    const { rounds } = await becomes(node, nothingOf(graph));
    expect(rounds).toBe(1);
    expect(await node.sh('ip -o link show | grep -c " tap" || :')).toBe('0\n');
    await node.sh('kill $(cat /run/sleep.pid); umount /sys');
  });
});
