import type { ResolvedPort } from '../../../resolve/resolved.ts';
import { nic } from '../../../kinds/nic/spec.ts';
import { ovsBridge } from '../../../kinds/ovs-bridge/spec.ts';
import { ovsInternal } from '../../../kinds/ovs-internal/spec.ts';
import { ovsPatch } from '../../../kinds/ovs-patch/spec.ts';
import { ovsPlug } from '../../../kinds/ovs-plug/spec.ts';
import { tap } from '../../../kinds/tap/spec.ts';
import { veth } from '../../../kinds/veth/spec.ts';
import { vethLink } from '../../../kinds/veth-link/spec.ts';
import { bridge } from '../../../kinds/bridge/spec.ts';
import { deviceName } from '../../../resolve/names.ts';
import { addressOf } from '../../../model/resource.ts';
import type { Resource } from '../../../model/resource.ts';
import type { Backend } from './backend.ts';
import { silentLink, silentTap } from './silent-tap.ts';

/** Bridges of Open vSwitch and patches between them, and for each port one that the switch makes itself, as Neutron's Open vSwitch driver does. */
export const openvswitch: Backend = {
  *bridge({ node, name, nic: borrowed, origin }) {
    // What is reached by the NIC's addresses is reached by the bridge's own device then; the integration bridge has nothing to say.
    yield ovsBridge(node, name, borrowed === null ? { up: false } : { up: true, nic: borrowed }, origin);
  },

  *patch({ node, ends: [{ name, ...end }, peer], origin }) {
    yield ovsPatch(node, name, { ...end, peer }, origin);
  },

  *nic({ node, name, bridge, mtu, allowDynamic, origin }) {
    const place = { bridge, switch: 'openvswitch', ...(mtu === undefined ? {} : { mtu }), allowDynamic } as const;
    yield nic(node, name, place, origin);
  },

  device({ node, netns, device, id, mac, mtu, bridge, tag, origin }) {
    return [ovsInternal({ node, netns, device }, { mac, mtu, bridge, tag, ifaceId: id }, origin)];
  },

  guest(port, filtered) {
    const { node, netns, device, mac, mtu, tap: name, origin } = port;
    // A switch in userspace takes frames as they are, and nobody fills in a checksum that was left to the hardware.
    const bridge = filtered ? hybridNames(port).bridge : '';
    const want = { mac, mtu, tap: name, bridge, guest: true, txChecksums: false };
    const pair = veth({ node, netns, device }, want, origin);
    return [pair, ...silentTap(port, pair), ...way(port, pair, filtered)];
  },

  tap(port, filtered) {
    const bridge = filtered ? hybridNames(port).bridge : '';
    const device = tap(port.node, port.tap, { mtu: port.mtu, bridge }, port.origin);
    return [device, ...silentTap(port, device), ...way(port, device, filtered)];
  },

  linksOf: (port, filtered) => (filtered ? Object.values(hybridNames(port)) : []),
  firewall: (port) => ({ agent: 'openvswi', entry: hybridNames(port).inside }),
  isBridged: false,
};

/** The way of a port into the switch: by itself, or where iptables is to see its frames through a Linux bridge of its own. */
function way(port: ResolvedPort, device: Resource, filtered: boolean): readonly Resource[] {
  return filtered ? hybridPlug(port) : [plugOf(port, port.tap, device)];
}

/** Nova's names for them: a bridge, and a pair of which the one end is in it and the other in the switch. */
function hybridNames({ id }: Pick<ResolvedPort, 'id'>): {
  readonly bridge: string;
  readonly inside: string;
  readonly outside: string;
} {
  return { bridge: deviceName('qbr', id), inside: deviceName('qvb', id), outside: deviceName('qvo', id) };
}

/**
 * What Nova's hybrid plug puts between a tap and the integration bridge (`OVS_HYBRID_PLUG_REQUIRED` of the iptables firewall): a bridge that learns
 * nothing, for it has two ports.
 */
function hybridPlug(port: ResolvedPort): readonly Resource[] {
  const { node, mtu, origin } = port;
  const { bridge: name, inside, outside } = hybridNames(port);
  const between = bridge(node, name, { attributes: { ageing_time: '0', mcast_snooping: '0' } }, origin);
  const pair = vethLink(node, inside, { peer: outside, bridge: name, mtu }, origin);
  return [
    between,
    ...silentLink(port, name, between),
    pair,
    ...silentLink(port, inside, pair),
    ...silentLink(port, outside, pair),
    plugOf(port, outside, pair),
  ];
}

function plugOf({ node, id, mac, bridge, tag, origin }: ResolvedPort, name: string, device: Resource): Resource {
  const plug = ovsPlug(node, name, { bridge, tag, ifaceId: id, mac }, origin);
  return { ...plug, after: [addressOf(device)] };
}
