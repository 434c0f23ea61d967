import type { NodeView } from '../../model/probe.ts';
import type { Observed, Owner } from '../../model/resource.ts';
import { borrowedNic } from '../../kernel/links/alias.ts';
import { nonDefaultAttributes } from '../../kernel/links/attributes.ts';
import { bridgeOf, ipProbe, linkOf, type IpState, type RawLink } from '../../kernel/probes/ip.ts';
import { ovsProbe, type OvsPort, type OvsState } from '../../kernel/openvswitch/database.ts';
import { isInDatapath, isSwitchDevice } from '../../kernel/openvswitch/health.ts';
import { ownerOfIds } from '../../kernel/openvswitch/mark.ts';
import {
  isBridge,
  isOwnBridge,
  nicOfBridge,
  nodeNamespace,
  ownerOfAlias,
  ownerOfLink,
} from '../../kernel/links/owner.ts';
import { labelledDevice, linesOn } from './move.ts';
import type { NicSpec } from './spec.ts';
import { NIC } from './spec.ts';

/** Returns the port by which a link of the node is in an Open vSwitch bridge. */
export function portOf(ovs: OvsState | undefined, name: string): OvsPort | undefined {
  if (ovs?.interfaces.get(name)?.type !== '') return undefined;
  return ovs.ports.get(name) ?? [...ovs.ports.values()].find(({ interfaces }) => interfaces.includes(name));
}

interface Socket {
  readonly owner: Owner;
  readonly bridge: string | null;
  readonly switch?: 'openvswitch';
  readonly plug?: 'dead' | 'unmarked';
  readonly adoptable?: boolean;
}

/**
 * In a kernel bridge: borrowed if the bridge's mark names it. In a bridge of ours that lost its mark it can only be the
 * NIC that we borrowed.
 */
function inKernel(link: RawLink, state: IpState, topology: string): Socket {
  const bridge = bridgeOf(link) ?? null;
  const master = linkOf(state, bridge ?? '');
  if (!master) return { owner: 'foreign', bridge };
  const borrowed = borrowedNic(master.ifalias) === link.ifname;
  const adoptable =
    master.ifalias === undefined &&
    isOwnBridge(master, state.links, topology) &&
    nicOfBridge(master, state.links) === link.ifname;
  return { owner: borrowed ? ownerOfAlias(master.ifalias, topology) : 'foreign', bridge, adoptable };
}

/** In an Open vSwitch bridge: borrowed if its port says so, or the mark of the bridge names it. */
function inSwitch(link: RawLink, port: OvsPort, state: IpState, topology: string): Socket {
  const own = ownerOfIds(port.ids, topology);
  const alias = linkOf(state, port.bridge)?.ifalias;
  const owner = own === 'foreign' && borrowedNic(alias) === link.ifname ? ownerOfAlias(alias, topology) : own;
  const plug = !isInDatapath(link) ? 'dead' : own === 'ours' ? undefined : 'unmarked';
  return { owner, bridge: port.bridge, switch: 'openvswitch', ...(plug && { plug }) };
}

/** Returns the links of the node that can be NICs: neither ours, nor a bridge, nor a switch's own device. */
export function* observeNics(view: NodeView, topology: string): Iterable<Observed<NicSpec>> {
  const state = nodeNamespace(view)?.get(ipProbe);
  const ovs = view.get(ovsProbe);
  if (!state) return;
  for (const link of state.links) {
    const ours = ownerOfLink(link, topology) === 'ours';
    if (link.ifname === 'lo' || isBridge(link) || ours || isSwitchDevice(link, ovs)) continue;
    const port = portOf(ovs, link.ifname);
    const { owner, adoptable, ...socket } = port
      ? inSwitch(link, port, state, topology)
      : inKernel(link, state, topology);
    yield {
      node: view.node,
      netns: null,
      kind: NIC,
      name: link.ifname,
      owner,
      spec: {
        ...socket,
        mtu: link.mtu,
        up: link.flags.includes('UP'),
        stray: socket.bridge === null ? [] : linesOn(view, labelledDevice(view, link.ifname, topology)),
        attributes: nonDefaultAttributes(link, ['port'], state.links),
        ...(owner === 'ours' && { borrowed: true }),
        allowDynamic: false,
      },
      ...(adoptable && { adoptable }),
    };
  }
}
