import type { HybridPlug, ResolvedPort } from '../../resolve/resolved.ts';
import { nic } from '../../kinds/nic/spec.ts';
import { ovsBridge } from '../../kinds/ovs-bridge/spec.ts';
import { ovsInternal } from '../../kinds/ovs-internal/spec.ts';
import { ovsPatch } from '../../kinds/ovs-patch/spec.ts';
import { ovsPlug } from '../../kinds/ovs-plug/spec.ts';
import { tap } from '../../kinds/tap/spec.ts';
import { veth } from '../../kinds/veth/spec.ts';
import { vethLink } from '../../kinds/veth-link/spec.ts';
import { bridge } from '../../kinds/bridge/spec.ts';
import { addressOf } from '../../model/resource.ts';
import type { Resource } from '../../model/resource.ts';
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

  guest(port) {
    const { node, netns, device, mac, mtu, tap: name, origin } = port;
    // A switch in userspace takes frames as they are, and nobody fills in a checksum that was left to the hardware.
    const bridge = port.hybrid?.bridge ?? '';
    const want = { mac, mtu, tap: name, bridge, guest: true, txChecksums: false };
    const pair = veth({ node, netns, device }, want, origin);
    return [pair, ...silentTap(port, pair), ...way(port, pair)];
  },

  tap(port) {
    const want = { mtu: port.mtu, bridge: port.hybrid?.bridge ?? '' };
    const device = tap(port.node, port.tap, want, port.origin);
    return [device, ...silentTap(port, device), ...way(port, device)];
  },

  firewall({ hybrid, device }) {
    if (hybrid === null) throw new Error(`no frames for ${device} come through a Linux bridge`);
    return { agent: 'openvswi', entry: hybrid.inside };
  },
  isBridged: false,
};

/** The way of a port into the switch: by itself, or where iptables is to see its frames through a Linux bridge of its own. */
function way(port: ResolvedPort, device: Resource): readonly Resource[] {
  return port.hybrid === null ? [plugOf(port, port.tap, device)] : hybridPlug(port, port.hybrid);
}

/**
 * What Nova's hybrid plug puts between a tap and the integration bridge (`OVS_HYBRID_PLUG_REQUIRED` of the iptables firewall): a bridge that learns
 * nothing, for it has two ports.
 */
function hybridPlug(port: ResolvedPort, { bridge: name, inside, outside }: HybridPlug): readonly Resource[] {
  const { node, mtu, origin } = port;
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
