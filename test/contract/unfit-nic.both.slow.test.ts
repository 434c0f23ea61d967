import { describe, expect, test } from 'vitest';
import { bridge } from '../../src/kinds/bridge/spec.ts';
import { nic } from '../../src/kinds/nic/spec.ts';
import { ovsBridge } from '../../src/kinds/ovs-bridge/spec.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Resource } from '../../src/model/resource.ts';
import { applyOn, graphOf, ORIGIN, planOn } from '../support/engine.ts';
import { testedMechanism } from '../support/mechanism.ts';
import { testNodes, whyNoOvs, type TestNode } from '../support/node.ts';

const nodes = testNodes('ip');
const VETH = 'ip link add name x0 type veth peer name y0';

/** Devices of all types that kernels without modules can create, and what the plan says of those that are refused. */
const DEVICES: readonly (readonly [what: string, script: string, name: string, why: string | undefined])[] = [
  ['a veth', VETH, 'x0', undefined],
  ['a tap', 'ip tuntap add dev x0 mode tap', 'x0', undefined],
  ['an ifb', 'ip link add name x0 type ifb', 'x0', undefined],
  ['a VXLAN', 'ip link add name x0 type vxlan id 5 dstport 4789', 'x0', undefined],
  ['below a VXLAN', `${VETH}; ip link add name v0 type vxlan id 5 dstport 4789 dev x0`, 'x0', undefined],
  ['a macvlan', `${VETH}; ip link add link y0 name x1 type macvlan`, 'x1', undefined],
  ['the loopback device', 'true', 'lo', 'the loopback device'],
  ['a bridge', 'ip link add name x0 type bridge', 'x0', 'a bridge itself'],
  ['a tun', 'ip tuntap add dev x0 mode tun', 'x0', 'no Ethernet device'],
  ['a macvtap', `${VETH}; ip link add link y0 name x1 type macvtap`, 'x1', 'macvtap'],
  ['below a macvlan', `${VETH}; ip link add link x0 name m0 type macvlan`, 'x0', 'has the macvlan m0 on it'],
  ['below a passthru', `${VETH}; ip link add link x0 name m0 type macvlan mode passthru`, 'x0', 'has the macvlan m0'],
  ['below a macvtap', `${VETH}; ip link add link x0 name m0 type macvtap`, 'x0', 'has the macvtap m0 on it'],
  [
    'below a macvlan of another namespace',
    `ip netns add other; ${VETH}; ip link add link x0 name m0 netns other type macvlan`,
    'x0',
    'has the macvlan m0 in the namespace other on it',
  ],
];

/** A bridge with the device as its NIC. */
function borrowing(name: string): readonly Resource[] {
  if (testedMechanism() === 'openvswitch') {
    return [
      ovsBridge('node1', 'br-t', { up: true, nic: name }, ORIGIN),
      nic('node1', name, { bridge: 'br-t', switch: 'openvswitch', allowDynamic: true }, ORIGIN),
    ];
  }
  return [
    bridge('node1', 'brq0', { macOf: name }, ORIGIN),
    nic('node1', name, { bridge: 'brq0', allowDynamic: true }, ORIGIN),
  ];
}

async function refused(node: TestNode, name: string): Promise<readonly Diagnostic[]> {
  const { diagnostics } = await planOn(node, graphOf(borrowing(name)));
  return diagnostics.filter(({ code }) => code === 'NLP60');
}

describe('a NIC that the kernel refuses as a port of a bridge is an error of the plan, and no other is', () => {
  test.each(DEVICES)('%s', async (_, script, name, why) => {
    const node = await nodes.open();
    await node.sh(script);
    const summaries = (await refused(node, name)).map(({ summary }) => summary);
    expect(summaries).toEqual(why === undefined ? [] : [expect.stringContaining(why)]);
    // The kernel's own answer, asked last: it changes the node.
    await node.sh('ip link add name brx type bridge');
    const { code } = await node.try(`ip link set dev ${name} master brx`);
    expect(code === 0).toBe(why === undefined);
  });

  test.skipIf(whyNoOvs() !== undefined)('a NIC in a bond of Open vSwitch, which has its own name', async () => {
    const node = await nodes.open({ ovs: true });
    await node.sh(`${VETH}; ip link set x0 up; ip link set y0 up; ovs-vsctl add-br br-x`);
    await node.sh('ovs-vsctl add-bond br-x bond0 x0 y0');
    expect((await refused(node, 'x0')).map(({ summary }) => summary)).toEqual([
      expect.stringContaining("is in the bond bond0 of Open vSwitch's bridge br-x"),
    ]);
    await node.sh('ovs-vsctl del-port br-x bond0');
    expect(await refused(node, 'x0')).toEqual([]);
  });
});

test('a name that a bridge with the NIC in it has: after the command of the hint the NIC is borrowed', async () => {
  const isSwitch = testedMechanism() === 'openvswitch';
  const node = await nodes.open({ ovs: isSwitch });
  // As Proxmox, libvirt and installers leave it.
  await node.sh(`ip link add name eth12 type veth peer name y0; ip link set y0 up; ip link add name br-vlan type bridge
    ip link set dev eth12 master br-vlan up; ip link set br-vlan up; ip addr add 192.0.2.10/24 dev br-vlan`);
  const [error] = await refused(node, 'br-vlan');
  expect(error?.summary).toContain('it is a bridge itself (eth12 is one of its ports)');
  const typed = /netloom-up: (ip link add netloom-up .*)$/.exec(error?.hint ?? '')?.[1] ?? '';
  await node.sh(typed);
  const { rounds } = await applyOn(node, graphOf(borrowing('netloom-up')));
  expect(rounds).toBe(1);
  expect((await applyOn(node, graphOf(borrowing('netloom-up')))).batches).toEqual([]);
});
