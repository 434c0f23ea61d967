import { describe, expect, test } from 'vitest';
import { nicAddress } from '../../src/kinds/address/spec.ts';
import { bridge } from '../../src/kinds/bridge/spec.ts';
import { nic } from '../../src/kinds/nic/spec.ts';
import { applyOn, graphOf, inShort, ORIGIN, planOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { deviceState, snapshot } from '../support/snapshot.ts';
import { NIC_STATE, withoutLifetimes } from '../support/nic-state.ts';

const nodes = testNodes('ip');

const declared = bridge('node1', 'brq0', { macOf: 'eth0' }, ORIGIN);
const inBridge = nic('node1', 'eth0', { bridge: 'brq0', allowDynamic: true }, ORIGIN);

async function withNic(script: string, rootless = false): Promise<TestNode> {
  const node = await nodes.open({ rootless });
  await node.nic('eth0', 'fa:16:3e:00:00:01');
  await node.sh(script);
  return node;
}

describe('a NIC is borrowed with all its addresses and routes', () => {
  test('into the bridge and back out: the same addresses in the same order, the same routes', async () => {
    const node = await withNic(NIC_STATE);
    const before = withoutLifetimes(await deviceState(node, 'eth0'));
    const { first, rounds } = await applyOn(node, graphOf([declared, inBridge]));
    expect(inShort(first.plan.changes)).toEqual(['create node1/-/bridge/brq0', 'update node1/-/nic/eth0 (bridge)']);
    expect(rounds).toBe(1);
    expect(withoutLifetimes(await deviceState(node, 'brq0'))).toEqual(before);
    expect(await deviceState(node, 'eth0')).toEqual([]);
    expect((await applyOn(node, graphOf([declared, inBridge]))).batches).toEqual([]);

    await applyOn(node, graphOf([]));
    expect(withoutLifetimes(await deviceState(node, 'eth0'))).toEqual(before);
    expect(await node.sh('ip -o link')).not.toContain('brq0');
  });

  test('an address of the file is added to them and deleted alone', async () => {
    const node = await withNic('ip addr add 192.168.1.10/24 brd + dev eth0; ip route add default via 192.168.1.1');
    const plain = await snapshot(node);
    const onNic = nicAddress('node1', 'eth0', null, '192.168.7.5/24', ORIGIN);
    const onBridge = nicAddress('node1', 'eth0', 'brq0', '192.168.7.5/24', ORIGIN);
    const free = nic('node1', 'eth0', { bridge: null, allowDynamic: false }, ORIGIN);
    await applyOn(node, graphOf([free, onNic]));
    expect(await node.sh('ip -4 -o addr show dev eth0')).toMatch(
      /192\.168\.7\.5\/24 brd 192\.168\.7\.255 scope global eth0:\w+/,
    );
    const moved = await applyOn(node, graphOf([declared, inBridge, onBridge]));
    expect(inShort(moved.first.plan.changes)).toEqual([
      'create node1/-/bridge/brq0',
      'update node1/-/nic/eth0 (bridge)',
    ]);
    expect(await node.sh('ip -4 -o addr show dev brq0')).toContain(
      '192.168.7.5/24 brd 192.168.7.255 scope global brq0:',
    );
    await applyOn(node, graphOf([free, onNic]));
    expect(await node.sh('ip -4 -o addr show dev eth0')).toMatch(/192\.168\.7\.5\/24 .* eth0:\w+/);
    await applyOn(node, graphOf([]));
    expect(await snapshot(node)).toEqual(plain);
  });

  test('from one bridge into another, with an address of the file deleted while the NIC moves', async () => {
    const node = await withNic(NIC_STATE);
    const before = withoutLifetimes(await deviceState(node, 'eth0'));
    const plain = await snapshot(node);
    const more = nicAddress('node1', 'eth0', 'brq0', '192.168.7.5/24', ORIGIN);
    await applyOn(node, graphOf([declared, inBridge, more]));
    const other = bridge('node1', 'brq1', { macOf: 'eth0' }, ORIGIN);
    const { rounds } = await applyOn(
      node,
      graphOf([other, nic('node1', 'eth0', { bridge: 'brq1', allowDynamic: true }, ORIGIN)]),
    );
    expect(rounds).toBe(1);
    expect(withoutLifetimes(await deviceState(node, 'brq1'))).toEqual(before);

    await applyOn(
      node,
      graphOf([
        other,
        nic('node1', 'eth0', { bridge: 'brq1', allowDynamic: true }, ORIGIN),
        nicAddress('node1', 'eth0', 'brq1', '192.168.7.5/24', ORIGIN),
      ]),
    );
    await applyOn(node, graphOf([]));
    expect(await snapshot(node)).toEqual(plain);
  });

  test('an address that the node’s own system set suffices, and stays', async () => {
    const node = await withNic('ip addr add 192.168.7.5/24 dev eth0');
    const plain = await snapshot(node);
    const wanted = nicAddress('node1', 'eth0', 'brq0', '192.168.7.5/24', ORIGIN);
    const { first } = await applyOn(node, graphOf([declared, inBridge, wanted]));
    expect(inShort(first.plan.changes).filter((line) => line.includes('/address/'))).toEqual([]);
    await applyOn(node, graphOf([]));
    expect(await snapshot(node)).toEqual(plain);
  });

  test.each([false, true])('a connection over the NIC outlives both moves (rootless: %s)', async (rootless) => {
    const node = await withNic(
      'ip addr add 192.168.1.10/24 dev eth0; nsenter --net=/run/wire/eth0 ip addr add 192.168.1.1/24 dev eth0',
      rootless,
    );
    await node.sh(
      `nsenter --net=/run/wire/eth0 ping -i 0.02 -w 5 192.168.1.10 >/tmp/ping 2>&1 & echo $! >/tmp/ping.pid; sleep 0.1`,
    );
    await applyOn(node, graphOf([declared, inBridge]));
    await applyOn(node, graphOf([]));
    const [sent = 0, received = 0] = (
      await node.sh('sleep 0.1; kill -INT $(cat /tmp/ping.pid); sleep 0.1; cat /tmp/ping')
    )
      .match(/(\d+) packets transmitted, (\d+) received/)!
      .slice(1)
      .map(Number);
    expect(received).toBeGreaterThan(5);
    expect(sent - received).toBeLessThanOrEqual(5);
  });

  test('a dynamic address is an error at plan time, with a hint', async () => {
    const node = await withNic('ip addr add 192.168.1.10/24 valid_lft 100 preferred_lft 100 dev eth0');
    const strict = nic('node1', 'eth0', { bridge: 'brq0', allowDynamic: false }, ORIGIN);
    const { diagnostics } = await planOn(node, graphOf([declared, strict]));
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error NLP02']);
    expect(diagnostics[0]?.summary).toContain('192.168.1.10/24');
    expect(diagnostics[0]?.hint).toContain('allow_dynamic');
  });

  test.skipIf(process.getuid?.() !== 0)(
    'a DHCP client is an error too, but not another user’s process that calls itself one',
    async () => {
      const node = await withNic('ip addr add 192.168.1.10/24 dev eth0');
      const strict = nic('node1', 'eth0', { bridge: 'brq0', allowDynamic: false }, ORIGIN);
      for (const [user, codes] of [
        ['12345', []],
        ['65534', []],
        ['0', ['NLP02']],
      ] as const) {
        const pid = await node.sh(`
          setpriv --reuid=${user} --clear-groups bash -c 'exec -a dhclient perl -e "sleep 60" -- eth0' \
            </dev/null >/dev/null 2>&1 &
          echo $!; sleep 0.2`);
        const { diagnostics } = await planOn(node, graphOf([declared, strict]));
        expect(diagnostics.map(({ code }) => code)).toEqual(codes);
        await node.sh(`kill -9 ${pid}`);
      }
    },
  );

  test('a missing NIC, or one in a foreign bridge, is an error at plan time', async () => {
    const node = await withNic('ip link add name br-theirs type bridge; ip link set dev eth0 master br-theirs');
    const gone = nic('node1', 'eth9', { bridge: 'brq0', allowDynamic: false }, ORIGIN);
    const { diagnostics } = await planOn(node, graphOf([declared, inBridge, gone]));
    expect(diagnostics.map(({ code }) => code).sort()).toEqual(['NLP01', 'NLP03']);
    expect(diagnostics.map(({ summary, hint }) => `${summary} ${hint ?? ''}`).join('\n')).toContain('br-theirs');
  });
});
