import { beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '../../src/model/resource.ts';
import { applyOn, inShort, planOn, asDesired } from '../support/engine.ts';
import { testNodes } from '../support/node.ts';
import { settled, snapshot } from '../support/snapshot.ts';
import { F1, graphWith, OUTSIDE, portOf, running, tracked, type Running } from './floating.ts';
import { prepare } from './heal/network.ts';
import { difference } from './heal/run.ts';

const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'conntrack', 'ping');

describe('a floating IP and the connections to it', () => {
  const before = graphWith({ [F1]: 'guest' });
  const moved = graphWith({ [F1]: 'other' });
  const none = graphWith({});
  let network: Running;
  beforeAll(async () => {
    network = await running(await nodes.open(), before);
  });

  test('moved during a flow: the flow continues to the new target', async () => {
    const { node, inRouter } = network;
    await node.sh(`${OUTSIDE} timeout 20 ping -i 0.05 ${F1} >/tmp/ping 2>&1 & echo $! >/tmp/ping.pid`);
    await expect.poll(() => tracked(node, inRouter, F1)).toEqual(['10.0.0.5']);
    await applyOn(node, moved);
    await expect.poll(() => tracked(node, inRouter, F1)).toEqual(['10.0.0.9']);
    await node.sh('kill $(cat /tmp/ping.pid)');
    await expect(node).toAnswerPing(F1, OUTSIDE);
  });

  test('deleted during a flow: unreachable, and nothing is tracked', async () => {
    const { node, inRouter } = network;
    await applyOn(node, moved);
    await expect(node).toAnswerPing(F1, OUTSIDE);
    await applyOn(node, none);
    expect(await tracked(node, inRouter, F1)).toEqual([]);
    await expect(node).not.toAnswerPing(F1, OUTSIDE);
  });

  test('added while a client keeps trying: the untranslated flow is forgotten', async () => {
    const { node, inRouter, mac } = network;
    await applyOn(node, none);
    await node.sh(`${OUTSIDE} ip neigh replace ${F1} lladdr ${mac} dev eth1 nud permanent
      ${OUTSIDE} timeout 20 ping -i 0.05 ${F1} >/tmp/ping 2>&1 & echo $! >/tmp/ping.pid`);
    await expect.poll(() => tracked(node, inRouter, F1)).not.toEqual([]);
    await applyOn(node, before);
    await expect.poll(() => tracked(node, inRouter, F1)).toEqual(['10.0.0.5']);
    await node.sh(`kill $(cat /tmp/ping.pid); ${OUTSIDE} ip neigh del ${F1} dev eth1`);
    await expect(node).toAnswerPing(F1, OUTSIDE);
  });

  test('stale entries of its neighbours are corrected at once', async () => {
    const { node, mac } = network;
    await applyOn(node, none);
    await node.sh(`${OUTSIDE} ip neigh replace ${F1} lladdr 02:00:00:00:00:01 dev eth1 nud stale`);
    await applyOn(node, before);
    await expect.poll(() => node.sh(`${OUTSIDE} ip neigh show ${F1} dev eth1`)).toContain(mac);
  });

  test('effects that an interrupted apply owed are performed by the next', async () => {
    const { node, router, inRouter, mac } = network;
    await applyOn(node, before);
    const device = portOf(before, 'qg-')?.name ?? '';
    await node.sh(`ip -n ${router} link set dev lo alias netloom:demo,arp=${device},ct=cb007114
      ${OUTSIDE} ip neigh replace ${F1} lladdr 02:00:00:00:00:01 dev eth1 nud stale
      ${inRouter} conntrack -I -p udp -t 100 -s 203.0.113.111 -d ${F1} --sport 7 --dport 7 -r 10.0.0.77 -q 203.0.113.111 --reply-port-src 7 --reply-port-dst 7 >/dev/null 2>&1 || :`);
    const { first } = await applyOn(node, before);
    expect(inShort(first.plan.changes)).toEqual([`update node1/-/netns/${router} (owed)`]);
    expect(await node.sh(`ip -n ${router} -j link show dev lo`)).toContain('"netloom:demo"');
    expect(await tracked(node, inRouter, F1)).toEqual([]);
    await expect.poll(() => node.sh(`${OUTSIDE} ip neigh show ${F1} dev eth1`)).toContain(mac);
  });
});

describe('the observed specs suffice to recreate everything', () => {
  test('a whole network', async () => {
    const graph = graphWith({ [F1]: 'guest', '203.0.113.22': 'other' });
    const node = await nodes.open();
    await prepare(node, graph);
    const bare = await snapshot(node);
    await applyOn(node, graph);
    const whole = await snapshot(node);
    const { observed } = await planOn(node, graph);
    const ours = observed.filter((object) => object.owner === 'ours' || graph.resources.has(addressOf(object)));
    await applyOn(node, { ...graph, resources: new Map() });
    expect(difference(bare, await settled(node, bare)).filter((line) => !line.includes('sysctl'))).toEqual([]);

    const again = ours.map(asDesired);
    await applyOn(node, { ...graph, resources: new Map(again.map((resource) => [addressOf(resource), resource])) });
    expect(difference(whole, await settled(node, whole))).toEqual([]);
    expect((await applyOn(node, graph)).batches).toEqual([]);
  });
});
