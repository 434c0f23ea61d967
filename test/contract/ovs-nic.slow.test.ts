import { beforeEach, describe, expect, test } from 'vitest';
import { nicAddress } from '../../src/kinds/address/spec.ts';
import { bridge } from '../../src/kinds/bridge/spec.ts';
import { nic } from '../../src/kinds/nic/spec.ts';
import { ovsBridge } from '../../src/kinds/ovs-bridge/spec.ts';
import type { Resource } from '../../src/model/resource.ts';
import { applyOn, graphOf, inShort, ORIGIN, planOn } from '../support/engine.ts';
import { killOvs, whyNoOvs, START_OVS, testNodes, type TestNode } from '../support/node.ts';
import { deviceState, settled, snapshot } from '../support/snapshot.ts';
import { NIC_STATE, withoutLifetimes } from '../support/nic-state.ts';

const nodes = testNodes('ip');

beforeEach((context) => {
  const reason = whyNoOvs();
  context.skip(reason !== undefined, reason ?? '');
});

const external = ovsBridge('node1', 'br-ex', { up: true, nic: 'eth0' }, ORIGIN);
const plugged = nic('node1', 'eth0', { bridge: 'br-ex', switch: 'openvswitch', allowDynamic: true }, ORIGIN);
const kernels = bridge('node1', 'brq0', { macOf: 'eth0' }, ORIGIN);
const inKernels = nic('node1', 'eth0', { bridge: 'brq0', allowDynamic: true }, ORIGIN);

async function withNic(script: string): Promise<TestNode> {
  const node = await nodes.open({ ovs: true });
  await node.nic('eth0', 'fa:16:3e:00:00:01');
  await node.sh(script);
  return node;
}

async function stands(node: TestNode, ...resources: readonly Resource[]): Promise<void> {
  const { rounds } = await applyOn(node, graphOf(resources));
  expect(rounds).toBe(1);
  expect((await applyOn(node, graphOf(resources))).batches).toEqual([]);
}

describe('a NIC in a bridge of Open vSwitch is borrowed with all its addresses and routes', () => {
  test('into it and back out, and from a Linux bridge into it and back', async () => {
    const node = await withNic(NIC_STATE);
    const plain = await snapshot(node);
    const before = withoutLifetimes(await deviceState(node, 'eth0'));
    await stands(node, external, plugged);
    expect(withoutLifetimes(await deviceState(node, 'br-ex'))).toEqual(before);
    expect(await deviceState(node, 'eth0')).toEqual([]);
    await applyOn(node, graphOf([]));
    expect(withoutLifetimes(await deviceState(node, 'eth0'))).toEqual(before);

    await stands(node, kernels, inKernels);
    await stands(node, external, plugged);
    expect(withoutLifetimes(await deviceState(node, 'br-ex'))).toEqual(before);
    await stands(
      node,
      ovsBridge('node1', 'br-new', { up: true, nic: 'eth0' }, ORIGIN),
      nic('node1', 'eth0', { bridge: 'br-new', switch: 'openvswitch', allowDynamic: true }, ORIGIN),
    );
    expect(withoutLifetimes(await deviceState(node, 'br-new'))).toEqual(before);
    await stands(node, kernels, inKernels);
    expect(withoutLifetimes(await deviceState(node, 'brq0'))).toEqual(before);
    await applyOn(node, graphOf([]));
    expect(withoutLifetimes(await deviceState(node, 'eth0'))).toEqual(before);
    const left = await settled(node, plain);
    expect(left['switch']).toEqual(plain['switch']);
    expect((await node.sh('ip -o link')).match(/br[-q]\w+/g)).toBeNull();
  });

  test('an address of the file is added to them, and moves with the NIC', async () => {
    const node = await withNic('ip addr add 192.168.1.10/24 brd + dev eth0; ip route add default via 192.168.1.1');
    const plain = await snapshot(node);
    const at = (place: string | null): Resource => nicAddress('node1', 'eth0', place, '192.168.7.5/24', ORIGIN);
    await stands(node, nic('node1', 'eth0', { bridge: null, allowDynamic: false }, ORIGIN), at(null));
    await stands(node, external, plugged, at('br-ex'));
    expect(await node.sh('ip -4 -o addr show dev br-ex')).toContain(
      '192.168.7.5/24 brd 192.168.7.255 scope global br-ex:',
    );
    await stands(node, kernels, inKernels, at('brq0'));
    await stands(node, external, plugged);
    expect(await node.sh('ip -4 -o addr show dev br-ex')).not.toContain('192.168.7.5');
    await applyOn(node, graphOf([]));
    const left = await settled(node, plain);
    // The switch keeps a device for its datapath.
    const others = (lines: readonly string[] = []): string[] => lines.filter((line) => !line.startsWith('ovs-netdev '));
    expect({ ...left, '- links': others(left['- links']) }).toEqual(plain);
  });

  test('a connection over the NIC outlives all moves', async () => {
    const node = await withNic(
      'ip addr add 192.168.1.10/24 dev eth0; nsenter --net=/run/wire/eth0 ip addr add 192.168.1.1/24 dev eth0',
    );
    await node.sh(
      `nsenter --net=/run/wire/eth0 ping -i 0.02 -w 8 192.168.1.10 >/tmp/ping 2>&1 & echo $! >/tmp/ping.pid; sleep 0.1`,
    );
    await applyOn(node, graphOf([external, plugged]));
    await applyOn(node, graphOf([kernels, inKernels]));
    await applyOn(node, graphOf([external, plugged]));
    await applyOn(node, graphOf([]));
    const [sent = 0, received = 0] = (
      await node.sh('sleep 0.1; kill -INT $(cat /tmp/ping.pid); sleep 0.1; cat /tmp/ping')
    )
      .match(/(\d+) packets transmitted, (\d+) received/)!
      .slice(1)
      .map(Number);
    expect(received).toBeGreaterThan(20);
    expect(sent - received).toBeLessThanOrEqual(15);
  });

  test.each([
    ['the NIC is removed from the bridge', 'ovs-vsctl del-port eth0', 'bridge'],
    ['its port loses its mark', 'ovs-vsctl clear Port eth0 external_ids', 'plug'],
    [
      'the NIC is deleted and created again',
      `ip link del dev eth0; ip link add name eth0 address fa:16:3e:00:00:01 type veth peer name eth0 netns /run/wire/eth0
       ip link set dev eth0 up; nsenter --net=/run/wire/eth0 ip link set dev eth0 up`,
      'plug',
    ],
    ['an address is added to it', 'ip addr add 10.7.0.1/24 dev eth0', 'stray'],
    ['ovs-vswitchd is killed', `${killOvs('ovs-vswitchd')}${START_OVS}`, ''],
  ])('%s: one apply repairs it', async (_, damage, field) => {
    const node = await withNic('ip addr add 192.168.1.10/24 dev eth0');
    const wanted = [external, plugged];
    await applyOn(node, graphOf(wanted));
    await node.sh(damage);
    const { plan } = await planOn(node, graphOf(wanted));
    expect(inShort(plan.changes)).toEqual(field === '' ? [] : [`update node1/-/nic/eth0 (${field})`]);
    const { rounds } = await applyOn(node, graphOf(wanted));
    expect(rounds).toBe(field === '' ? 0 : 1);
    expect((await applyOn(node, graphOf(wanted))).batches).toEqual([]);
    expect(await node.sh('ovs-vsctl list-ports br-ex; ovs-vsctl get Port eth0 external_ids')).toBe(
      'eth0\n{netloom=demo}\n',
    );
    await node.sh('nsenter --net=/run/wire/eth0 ip addr add 192.168.1.1/24 dev eth0');
    expect((await node.try('for i in 1 2 3 4; do ping -c 1 -W 1 192.168.1.1 && exit 0; done; exit 1')).code).toBe(0);
  });

  test('in a foreign bridge it is an error at plan time', async () => {
    const node = await withNic(
      'ovs-vsctl -- add-br br-theirs -- set bridge br-theirs datapath_type=netdev -- add-port br-theirs eth0',
    );
    const { diagnostics } = await planOn(node, graphOf([external, plugged]));
    expect(diagnostics.map(({ code, summary, hint }) => `${code} ${summary}; ${hint ?? ''}`)).toEqual([
      'NLP03 eth0 of node1 is a port of br-theirs, which is not ours; take it out of that bridge (ovs-vsctl ' +
        'del-port br-theirs eth0), or name another NIC',
    ]);
  });
});
