import { beforeAll, describe, expect, test } from 'vitest';
import type { DesiredGraph } from '../../../src/model/graph.ts';
import { bridge } from '../../../src/kinds/bridge/spec.ts';
import { nic } from '../../../src/kinds/nic/spec.ts';
import { graphOf, ORIGIN, planOn } from '../../support/engine.ts';
import { testNodes, type TestNode } from '../../support/node.ts';
import { deviceState, settled, snapshot } from '../../support/snapshot.ts';
import {
  addressesOf,
  bareNode,
  becomes,
  bridgeOf,
  expectQuiet,
  graphFor,
  nothingOf,
  obstacles,
  outcome,
  replaceProgram,
  said,
  standing,
  GATEWAY,
} from './support.ts';

const nodes = testNodes('ip', 'iptables', 'ping');
const DECLARED = '203.0.113.5/24';

/** The configuration of eth1 besides its first address and the default route. */
const MORE = `
  ip addr add 192.168.5.3/24 dev eth1
  ip addr add 10.1.0.1/16 dev eth1 noprefixroute
  ip addr add 2001:db8:1::1/64 nodad dev eth1
  ip route add 172.16.0.0/12 via 192.168.5.1 dev eth1 metric 1
  ip route add 172.16.0.0/12 via 192.168.5.4 dev eth1 metric 2
  ip route append 172.16.0.0/12 via 192.168.5.5 dev eth1 metric 2
  ip route add 10.99.0.0/16 via 192.168.5.1 dev eth1 table 100 src 192.168.5.3
  ip -6 route add default via 2001:db8:1::ffff dev eth1 proto static
`;

/** eth1 in a bridge, and nothing else. */
const BORROWED = graphOf([
  bridge('node1', 'brq0', { macOf: 'eth1' }, ORIGIN),
  nic('node1', 'eth1', { bridge: 'brq0', allowDynamic: false }, ORIGIN),
]);

/** The lines that move a NIC, in the words of `ip`. */
async function moveOf(node: TestNode, graph: DesiredGraph): Promise<readonly string[]> {
  const { plan } = await planOn(node, graph);
  return plan.batches
    .flatMap(({ steps }) => steps)
    .flatMap(({ address, command }) =>
      address === 'node1/-/nic/eth1' && command.tool === 'ip' ? [command.words.join(' ')] : [],
    );
}

describe('a NIC that moves from one bridge of ours to another', () => {
  test('keeps its addresses and routes, declared or not', async () => {
    const before = graphFor({ addresses: [DECLARED] });
    const after = graphFor({ addresses: [DECLARED], external: 'renamed' });
    const [from, to] = [bridgeOf(before, 'eth1'), bridgeOf(after, 'eth1')];
    expect(from).not.toBe(to);
    const node = await bareNode(nodes);
    await node.sh(MORE);
    const plain = await snapshot(node);
    await becomes(node, before);
    const stood = await deviceState(node, from);
    const { rounds } = await becomes(node, after);
    expect(await deviceState(node, to)).toEqual(stood);
    expect(await addressesOf(node, to)).toContain(DECLARED);
    await expect(node).toReachGateway(GATEWAY);
    expect(rounds).toBe(1);
    await becomes(node, nothingOf(after));
    expect(await settled(node, plain)).toEqual(plain);
  });
});

describe('a NIC put into a bridge', () => {
  test('is as it was when a line in the middle fails, and in the bridge after the next apply', async () => {
    const node = await bareNode(nodes, { iptables: 'nft' });
    await node.sh(MORE);
    const before = await deviceState(node, 'eth1');
    await replaceProgram(
      node,
      'ip',
      `case " $* " in *" -batch "*) ;; *) exec $real "$@" ;; esac
text=$(cat)
if [ -e /run/fail-after ]; then
  line=$(cat /run/fail-after)
  case "$text" in *"$line"*) rm /run/fail-after
    text=$(printf '%s\\n' "$text" | awk -v line="$line" '{ print } $0 == line { print "route add 198.51.100.0/24 via 198.51.100.1 dev nosuch0" }') ;; esac
fi
printf '%s\\n' "$text" | $real "$@"`,
    );
    const lines = await moveOf(node, BORROWED);
    const master = lines.findIndex((line) => line.endsWith(' master brq0'));
    expect(master).toBeGreaterThan(0);
    // Before the move, right after it, while routes have left the NIC and are not on the bridge yet, and near the end.
    const at = [0, master, lines.findLastIndex((line) => line.startsWith('route del ')), lines.length - 2];
    for (const line of new Set(at.map((index) => lines[index] ?? ''))) {
      await node.sh(`echo '${line}' >/run/fail-after`);
      const { ok, diagnostics } = await outcome(BORROWED, node.shells, await planOn(node, BORROWED));
      expect(await node.sh('cat /run/fail-after 2>/dev/null || :')).toBe('');
      expect({ ok, diagnostics }).not.toSettle();
      expect(said(diagnostics)).toContain('nosuch0');
      expect(await node.sh('ip -o link show dev eth1'), line).not.toContain(' master ');
      expect(await deviceState(node, 'eth1'), line).toEqual(before);
      await expect(node, line).toReachGateway(GATEWAY);
    }
    await becomes(node, BORROWED);
    expect(await deviceState(node, 'brq0')).toEqual(before);
    await expect(node).toReachGateway(GATEWAY);
  });

  test('is in the bridge after the next apply when one died anywhere in the middle', async () => {
    const node = await bareNode(nodes);
    await node.sh(MORE);
    const before = await deviceState(node, 'eth1');
    const lines = await moveOf(node, BORROWED);
    const master = lines.findIndex((line) => line.endsWith(' master brq0'));
    for (const done of [master, master + 1, lines.length - 2]) {
      const words = lines.slice(0, done);
      await node.sh(`ip link add name brq0 type bridge forward_delay 0; ip link set dev brq0 alias netloom:demo,nic=eth1
        ip link set dev brq0 address $(cat /sys/class/net/eth1/address); ip link set dev brq0 up
        ip -batch - <<'X'\n${words.join('\n')}\nX`);
      await becomes(node, BORROWED);
      expect(await deviceState(node, 'brq0'), String(done)).toEqual(before);
      expect(await deviceState(node, 'eth1')).toEqual([]);
      await becomes(node, nothingOf(BORROWED));
      expect(await deviceState(node, 'eth1'), String(done)).toEqual(before);
    }
  });

  test('loses an address that is added to it there, also if the bridge has the same address', async () => {
    const graph = graphFor({ addresses: [DECLARED] });
    const node = await standing(nodes, graph);
    const device = bridgeOf(graph, 'eth1');
    const before = await deviceState(node, device);
    await node.sh(`ip addr add 192.168.5.2/24 brd + dev eth1; ip addr add ${DECLARED} brd + dev eth1
      ip route add default via 192.168.5.1 dev eth1 metric 10`);
    await becomes(node, graph);
    expect(await deviceState(node, 'eth1')).toEqual([]);
    expect((await deviceState(node, device)).filter((line) => before.includes(line)).sort()).toEqual(
      [...before].sort(),
    );
    await expect(node).toReachGateway(GATEWAY);
  });
});

describe('a route of a NIC that is put into a bridge', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await nodes.open();
    await node.nic('eth1', 'fa:16:3e:bb:00:01');
  });

  test.each([
    ['a feature of TCP', 'ip route add 198.51.100.0/24 via 192.168.5.1 dev eth1 features ecn', '198.51.100.0/24'],
    // `ip` prints both destinations of a tunnel, the outer and the inner one, under one name.
    ['a tunnel', 'ip route add 198.51.100.0/24 encap ip id 7 dst 10.0.0.1 via 192.168.5.1 dev eth1', 'encap'],
    [
      'a tunnel of one of several next hops',
      'ip route add 198.51.100.0/24 nexthop encap ip id 8 dst 10.0.0.1 via 192.168.5.1 dev eth1 nexthop via ' +
        '192.168.5.3 dev eth1',
      '198.51.100.0/24',
    ],
    [
      'a next hop object',
      'ip nexthop add id 5 via 192.168.5.1 dev eth1; ip route add 198.51.100.0/24 nhid 5',
      '198.51.100.0/24',
    ],
    [
      'a source prefix',
      'ip -6 addr add 2001:db8::2/64 dev eth1 nodad; ip -6 route add default from 2001:db8::/64 via 2001:db8::1 ' +
        'dev eth1',
      'default',
    ],
    ['a realm', 'ip route add 198.51.100.0/24 via 192.168.5.1 dev eth1 realm 5', '198.51.100.0/24'],
  ])('with %s can’t be moved, so nothing is begun', async (_title, script, named) => {
    await node.sh(`ip nexthop flush; ip addr flush dev eth1; ip link set dev eth1 down; ip link set dev eth1 up
      ip addr add 192.168.5.2/24 brd + dev eth1; ip route add default via 192.168.5.1\n${script}`);
    const found = await obstacles(BORROWED, node.shells);
    expect(found).toHaveLength(1);
    expect(found[0]?.code).toMatch(/^NLP/);
    expect(found[0]?.summary).toContain('eth1');
    expect(found[0]?.summary).toContain(named);
    const { ok, diagnostics, events } = await outcome(BORROWED, node.shells, await planOn(node, BORROWED));
    expect({ ok, diagnostics }).not.toSettle();
    expect(events).toEqual([]);
  });

  test('with any metric that can be read is moved there and back', async () => {
    await node.sh(`ip addr flush dev eth1; ip link set dev eth1 down; ip link set dev eth1 up
      ip addr add 192.168.5.2/24 brd + dev eth1; ip route add default via 192.168.5.1
      ip route add 198.51.100.0/28 via 192.168.5.1 dev eth1 congctl reno
      ip route add 198.51.100.16/28 via 192.168.5.1 dev eth1 mtu 1400 advmss 1300 initcwnd 20 initrwnd 21 quickack 1 window 1000
      ip route add 198.51.100.32/28 via 192.168.5.1 dev eth1 rto_min 200ms rtt 300ms rttvar 100ms hoplimit 9 reordering 5 cwnd 4 ssthresh 3
      ip route add 198.51.100.48/28 via inet6 fe80::1 dev eth1
      ip -6 route add 2001:db8:5::/64 via fe80::77 dev eth1 proto static mtu 1400 pref high`);
    const routes = async (device: string): Promise<string[]> =>
      (await node.sh(`ip -4 route show dev ${device}; ip -6 route show dev ${device} | grep -v ^fe80`))
        .split('\n')
        .map((line) => line.replace(/ linkdown/, ''));
    const before = await routes('eth1');
    await becomes(node, BORROWED);
    expect(await routes('brq0')).toEqual(before);
    await becomes(node, nothingOf(BORROWED));
    expect(await routes('eth1')).toEqual(before);
  });
});

describe('a deleted bridge of ours', () => {
  test.each([
    ['', []],
    [', with the address that was declared of it', [DECLARED]],
  ])('releases its NIC although it lost its mark%s', async (_title, addresses) => {
    const graph = graphFor({ addresses });
    const node = await bareNode(nodes);
    const plain = await snapshot(node);
    await becomes(node, graph);
    for (const nicName of ['eth0', 'eth1']) await node.sh(`ip link set dev ${bridgeOf(graph, nicName)} alias ''`);
    await becomes(node, nothingOf(graph));
    expect(await node.sh('ip -o link show type bridge')).toBe('');
    await expect(node).toReachGateway(GATEWAY);
    expect(await settled(node, plain)).toEqual(plain);
  });

  test('is kept while it has a foreign port, which is named', async () => {
    const graph = graphFor();
    const node = await standing(nodes, graph);
    const device = bridgeOf(graph, 'eth1');
    await node.sh(
      `ip link add name foreign0 type veth peer name foreign1; ip link set dev foreign0 up master ${device}`,
    );
    const before = await snapshot(node);
    const found = await obstacles(nothingOf(graph), node.shells);
    expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error NLP06']);
    expect(found[0]?.summary).toContain('foreign0');
    expect(said(found)).toContain(device);
    const { ok, diagnostics } = await outcome(nothingOf(graph), node.shells, await planOn(node, nothingOf(graph)));
    expect({ ok, diagnostics }).not.toSettle();
    expect(await settled(node, before)).toEqual(before);
    // While the bridge is desired, the foreign port is left to its owner.
    await expectQuiet(node, graph);
    await node.sh('ip link set dev foreign0 nomaster');
    await becomes(node, nothingOf(graph));
    expect(await node.sh('ip -o link show type bridge')).toBe('');
  });
});
