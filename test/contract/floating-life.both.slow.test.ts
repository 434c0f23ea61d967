import { beforeAll, describe, expect, test } from 'vitest';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { applyOn, inShort } from '../support/engine.ts';
import { testNodes } from '../support/node.ts';
import { F1, graphWith, OUTSIDE, running, tracked, type Running } from './floating.ts';

const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'conntrack', 'ping');
const F2 = '203.0.113.21';
const [ONE, NONE] = [graphWith({ [F1]: 'guest' }), graphWith({})];

/** Replies of a guest have passed the router; the router's own have not. */
const GUEST_TTL = 63;

describe('the life of floating IPs', () => {
  let network: Running;
  beforeAll(async () => {
    network = await running(await nodes.open(), NONE);
  });

  const natRules = async (): Promise<string[]> => {
    const text = await network.node.sh(`${network.inRouter} iptables-save -t nat`);
    return text.split('\n').filter((line) => line.startsWith('-A'));
  };

  /** Returns the TTL of every reply to a ping that runs during an action, starting `lead` before it. */
  const repliesDuring = async (lead: number, work: () => Promise<unknown>): Promise<number[]> => {
    const { node, mac } = network;
    // With a permanent neighbour entry, packets reach the router at every moment, also while nothing answers for the
    // address.
    await node.sh(`${OUTSIDE} ip neigh replace ${F1} lladdr ${mac} dev eth1 nud permanent
      { sleep ${String(lead < 0 ? 0.05 : 0)}; ${OUTSIDE} timeout 20 ping -n -i 0.01 ${F1}; } >/tmp/ttl 2>&1 & echo $! >/tmp/ttl.pid`);
    if (lead > 0) await new Promise((resolve) => setTimeout(resolve, lead));
    await work();
    await expect.poll(() => node.sh('grep -c "bytes from" /tmp/ttl || :')).not.toBe('0\n');
    await node.sh(`pkill -P $(cat /tmp/ttl.pid) || :; kill $(cat /tmp/ttl.pid) 2>/dev/null || :
      ${OUTSIDE} ip neigh del ${F1} dev eth1`);
    const text = await node.sh('cat /tmp/ttl');
    return [...new Set([...text.matchAll(/bytes from .* ttl=(\d+)/g)].map(([, ttl]) => Number(ttl)))];
  };

  test.each([
    ['before the address existed', 200],
    ['while it was being created', -1],
  ])('a client that began to send %s reaches the instance, and the router never answers itself', async (_, lead) => {
    for (let turn = 0; turn < 3; turn += 1) {
      await applyOn(network.node, NONE);
      expect(await repliesDuring(lead, () => applyOn(network.node, ONE))).toEqual([GUEST_TTL]);
    }
  });

  test('the router never answers itself while the address is moved to another instance or deleted', async () => {
    const { node } = network;
    await applyOn(node, ONE);
    const moved = graphWith({ [F1]: 'other' });
    expect(await repliesDuring(100, () => applyOn(node, moved))).toEqual([GUEST_TTL]);
    expect(await repliesDuring(100, () => applyOn(node, NONE))).toEqual([GUEST_TTL]);
  });

  test('a floating IP may have a target that is no instance', async () => {
    const { node } = network;
    const line =
      `  f9: { floating_network: public, floating_ip_address: ${F1}, network: lan, fixed_ip_address: ` + `10.0.0.9 }\n`;
    await applyOn(
      node,
      graphWith({}, (text) => `${text}floating_ips:\n${line}`),
    );
    await expect(node).toAnswerPing(F1, OUTSIDE);
    expect(await tracked(node, network.inRouter, F1)).toEqual(['10.0.0.9']);
  });

  test('each of several new addresses is announced', async () => {
    const { node, mac } = network;
    await applyOn(node, NONE);
    for (const address of [F1, F2]) {
      await node.sh(`${OUTSIDE} ip neigh replace ${address} lladdr 02:00:00:00:00:01 dev eth1 nud stale`);
    }
    await applyOn(node, graphWith({ [F1]: 'guest', [F2]: 'other' }));
    for (const address of [F1, F2]) {
      await expect.poll(() => node.sh(`${OUTSIDE} ip neigh show ${address} dev eth1`)).toContain(mac);
    }
  });

  test('moved or deleted: connections to other addresses, or to the same one in another namespace, stay', async () => {
    const { node, inRouter } = network;
    await applyOn(node, graphWith({ [F1]: 'guest', [F2]: 'other' }));
    await node.sh('ip netns add elsewhere');
    const note = (inside: string, address: string): Promise<string> =>
      node.sh(`${inside} conntrack -I -p udp -t 100 -s 203.0.113.111 -d ${address} --sport 7 --dport 7 \\
        -r 10.0.0.77 -q 203.0.113.111 --reply-port-src ${address === F1 ? '7' : '8'} --reply-port-dst 7 >/dev/null`);
    const elsewhere = 'ip netns exec elsewhere';
    await node.sh(`${inRouter} conntrack -F 2>/dev/null`);
    for (const [inside, address] of [
      [inRouter, F1],
      [inRouter, F2],
      [elsewhere, F1],
    ] as const)
      await note(inside, address);
    await applyOn(node, graphWith({ [F2]: 'other' }));
    expect(await tracked(node, inRouter, F1)).toEqual([]);
    expect(await tracked(node, inRouter, F2)).toEqual(['10.0.0.77']);
    expect(await tracked(node, elsewhere, F1)).toEqual(['10.0.0.77']);
    await node.sh('ip netns del elsewhere');
  });

  test('gateway and floating IPs, deleted together, leave no rule or address (Neutron left both rules)', async () => {
    const { node, router } = network;
    await applyOn(node, graphWith({ [F1]: 'guest', [F2]: 'other' }));
    expect((await natRules()).filter((rule) => rule.includes(F1))).not.toEqual([]);
    const bare = graphWith({}, (text) =>
      text.replace(/^ {4}external_gateway: .*\n/m, '').replace(/^ {4}routes: .*\n/m, ''),
    );
    await applyOn(node, bare);
    expect((await natRules()).filter((rule) => /203\.0\.113|DNAT --to|SNAT/.test(rule))).toEqual([]);
    expect(await node.sh(`ip -n ${router} -4 address`)).not.toContain('203.0.113');
    expect((await applyOn(node, bare)).batches).toEqual([]);
    await applyOn(node, ONE);
    await expect(node).toAnswerPing(F1, OUTSIDE);
  });

  test('a second apply neither deletes and re-adds a rule nor reorders rules (Neutron did both)', async () => {
    const { node } = network;
    const both = graphWith({ [F1]: 'guest', [F2]: 'other' });
    await applyOn(node, NONE);
    await applyOn(node, both);
    const before = await natRules();
    expect((await applyOn(node, both)).batches).toEqual([]);
    expect(await natRules()).toEqual(before);
  });

  test('adding or deleting a floating IP writes its own rules alone, and the counters of others continue', async () => {
    const { node } = network;
    await applyOn(node, ONE);
    const editsOf = async (graph: DesiredGraph): Promise<string[]> => {
      const { first, batches } = await applyOn(node, graph);
      expect(inShort(first.plan.changes).filter((change) => change.includes('/mangle/'))).toEqual([]);
      return batches
        .flatMap(({ steps }) => steps)
        .flatMap(({ command }) => (command.tool === 'iptables' ? [command.edit.op] : []));
    };
    expect(await editsOf(graphWith({ [F1]: 'guest', [F2]: 'other' }))).toEqual(['insert', 'insert', 'insert']);
    expect(await editsOf(ONE)).toEqual(['delete', 'delete', 'delete']);
  });
});
