import { describe, expect, test } from 'vitest';
import { bridge } from '../../src/kinds/bridge/spec.ts';
import { nic } from '../../src/kinds/nic/spec.ts';
import { ovsBridge } from '../../src/kinds/ovs-bridge/spec.ts';
import type { Resource } from '../../src/model/resource.ts';
import { graphOf, ORIGIN, planOn } from '../support/engine.ts';
import { testedMechanism } from '../support/mechanism.ts';
import { testNodes } from '../support/node.ts';

const nodes = testNodes('ip');
const VETH = 'ip link add name x0 type veth peer name y0';

/** Devices of all types that kernels without modules can create, and what the plan says of those that are refused. */
const DEVICES: readonly (readonly [what: string, script: string, name: string, why?: string])[] = [
  ['a veth', VETH, 'x0'],
  ['a tap', 'ip tuntap add dev x0 mode tap', 'x0'],
  ['an ifb', 'ip link add name x0 type ifb', 'x0'],
  ['a VXLAN', 'ip link add name x0 type vxlan id 5 dstport 4789', 'x0'],
  ['below a VXLAN', `${VETH}; ip link add name v0 type vxlan id 5 dstport 4789 dev x0`, 'x0'],
  ['a macvlan', `${VETH}; ip link add link y0 name x1 type macvlan`, 'x1'],
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

describe('a NIC that the kernel refuses as a port of a bridge is an error of the plan, and no other is', () => {
  test.each(DEVICES)('%s', async (_, script, name, why) => {
    const node = await nodes.open();
    await node.sh(script);
    const isSwitch = testedMechanism() === 'openvswitch';
    const wanted: readonly Resource[] = [
      isSwitch
        ? ovsBridge('node1', 'br-t', { up: true, nic: name }, ORIGIN)
        : bridge('node1', 'brq0', { macOf: name }, ORIGIN),
      nic(
        'node1',
        name,
        isSwitch
          ? { bridge: 'br-t', switch: 'openvswitch', allowDynamic: true }
          : { bridge: 'brq0', allowDynamic: true },
        ORIGIN,
      ),
    ];
    const { diagnostics } = await planOn(node, graphOf(wanted));
    const refused = diagnostics.filter(({ code }) => code === 'NLP60').map(({ summary }) => summary);
    expect(refused).toEqual(why === undefined ? [] : [expect.stringContaining(why)]);
    // The kernel's own answer, asked last: it changes the node.
    await node.sh('ip link add name brx type bridge');
    const { code } = await node.try(`ip link set dev ${name} master brx`);
    expect(code === 0).toBe(why === undefined);
  });
});
