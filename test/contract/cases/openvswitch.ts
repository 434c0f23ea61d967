import { ovsBridge } from '../../../src/kinds/ovs-bridge/spec.ts';
import { ovsPatch } from '../../../src/kinds/ovs-patch/spec.ts';
import { ovsPlug } from '../../../src/kinds/ovs-plug/spec.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import { NIC, integration, internal, loose, node, nodePort, router, varied } from './objects.ts';

const external = ovsBridge(node, 'br-ex', { up: true, nic: 'eth0' }, ORIGIN);

const other1 = ovsBridge(node, 'br-other', { up: true }, ORIGIN);

const userspace = (bridge: typeof integration): typeof integration => varied(bridge, { datapath: 'netdev' });

const patch = ovsPatch(
  node,
  'int-br-other',
  { bridge: 'br-int', tag: 7, peer: { name: 'phy-br-other', bridge: 'br-other', tag: null } },
  ORIGIN,
);

const plug = ovsPlug(node, 'tap1', { bridge: 'br-int', tag: 7, ifaceId: 'an-id', mac: NIC }, ORIGIN);

/** Bridges and ports of Open vSwitch. */
export const OPENVSWITCH: readonly KindCase[] = [
  {
    title: 'bridge of Open vSwitch',
    ovs: true,
    base: [],
    object: userspace(other1),
    updates: {
      up: userspace(varied(other1, { up: false })),
      failMode: userspace(varied(other1, { failMode: 'secure' })),
      attributes: userspace(varied(other1, { attributes: { txqueuelen: '99', arp: 'off' } })),
    },
    damages: { marked: 'ovs-vsctl clear Bridge br-other external_ids' },
    fixed: { datapath: 'this node has but one' },
  },
  {
    title: 'bridge of Open vSwitch with the address of a NIC',
    ovs: true,
    nics: { eth0: NIC, eth1: 'fa:16:3e:00:00:03' },
    base: [],
    object: userspace(external),
    updates: { nic: userspace(ovsBridge(node, 'br-ex', { up: true, nic: 'eth1' }, ORIGIN)) },
    damages: {
      mac: 'ovs-vsctl set Bridge br-ex other_config:hwaddr=02:00:00:00:00:99; sleep 0.2',
      marked: 'ip link set dev br-ex alias ""',
    },
    fixed: { up: 'above', failMode: 'above', attributes: 'above', datapath: 'this node has but one' },
  },
  {
    title: 'internal port',
    ovs: true,
    base: [integration, other1, router],
    object: internal,
    updates: {
      mac: varied(internal, { mac: 'fa:16:3e:00:00:12' }),
      mtu: varied(internal, { mtu: 1400 }),
      up: varied(internal, { up: false }),
      bridge: varied(internal, { bridge: 'br-other' }),
      tag: varied(internal, { tag: null }),
      ids: varied(internal, { ids: { ...internal.spec.ids, 'iface-id': 'another', 'a:b': 'c=d "e"' } }),
      attributes: varied(internal, { attributes: { txqueuelen: '99', arp: 'off' } }),
    },
    damages: { marked: 'ip -n qrouter-1 link set dev qr-1 alias ""' },
    fixed: {},
  },
  {
    title: 'internal port of the node itself',
    ovs: true,
    base: [integration, other1],
    object: nodePort,
    updates: {
      mac: varied(nodePort, { mac: 'fa:16:3e:00:00:12' }),
      mtu: varied(nodePort, { mtu: 1400 }),
      up: varied(nodePort, { up: false }),
      bridge: varied(nodePort, { bridge: 'br-other' }),
      tag: varied(nodePort, { tag: null }),
      ids: varied(nodePort, { ids: { ...nodePort.spec.ids, 'iface-id': 'another' } }),
      attributes: varied(nodePort, { attributes: { txqueuelen: '99', arp: 'off' } }),
    },
    damages: { marked: 'ip link set dev qr-1 alias ""' },
    fixed: {},
  },
  {
    title: 'patch',
    ovs: true,
    base: [integration, other1, ovsBridge(node, 'br-third', { up: true }, ORIGIN)],
    object: patch,
    updates: {
      bridge: varied(patch, { bridge: 'br-third' }),
      tag: varied(patch, { tag: 8 }),
      peer: varied(patch, { peer: { name: 'phy-new', bridge: 'br-third', tag: 9 } }),
    },
    damages: { marked: 'ovs-vsctl clear Interface phy-br-other external_ids' },
    fixed: {},
  },
  {
    title: 'link plugged into Open vSwitch',
    ovs: true,
    base: [integration, other1, router, loose],
    object: plug,
    updates: {
      bridge: varied(plug, { bridge: 'br-other' }),
      tag: varied(plug, { tag: null }),
      trunks: ovsPlug(node, 'tap1', { bridge: 'br-int', tag: 7, dead: true, ifaceId: 'an-id', mac: NIC }, ORIGIN),
      ids: ovsPlug(node, 'tap1', { bridge: 'br-int', tag: 7 }, ORIGIN),
    },
    damages: { marked: 'ovs-vsctl clear Interface tap1 external_ids' },
    fixed: {},
  },
];
