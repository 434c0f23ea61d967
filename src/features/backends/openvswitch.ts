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
import { linkWithoutIpv6, tapWithoutIpv6 } from './disable-ipv6.ts';

/**
 * As Neutron's Open vSwitch driver: bridges of Open vSwitch with patches between them, and an internal port of the
 * switch for each port. A port that is down is in the dead VLAN (`port_dead`), and its tap is down: two such
 * ports could exchange frames of that VLAN, which Neutron drops by a flow.
 */
export const openvswitch: Backend = {
  *bridge({ node, name, nic: borrowed, origin }) {
    // The bridge's own device takes over the addresses of the NIC. The integration bridge has none.
    yield ovsBridge(node, name, borrowed === null ? { up: false } : { up: true, nic: borrowed }, origin);
  },

  *patch({ node, ends: [{ name, ...end }, peer], origin }) {
    yield ovsPatch(node, name, { ...end, peer }, origin);
  },

  *nic({ node, name, bridge, mtu, networkMtu, allowDynamic, origin }) {
    yield nic(node, name, { bridge, switch: 'openvswitch', mtu, networkMtu, allowDynamic }, origin);
  },

  device({ node, netns, device, id, mac, mtu, bridge, tag, origin }) {
    return [ovsInternal({ node, netns, device }, { mac, mtu, bridge, tag, ifaceId: id }, origin)];
  },

  guest(port) {
    const { node, netns, device, mac, mtu, tap: name, adminStateUp: tapUp, origin } = port;
    // The userspace datapath forwards frames unchanged, so an offloaded checksum would never be filled in.
    const bridge = port.hybrid?.bridge ?? '';
    const want = { mac, mtu, tap: name, tapUp, bridge, guest: true, txChecksums: false };
    const pair = veth({ node, netns, device }, want, origin);
    return [pair, ...tapWithoutIpv6(port, pair), ...attachment(port, pair)];
  },

  tap(port) {
    const want = { mtu: port.mtu, up: port.adminStateUp, bridge: port.hybrid?.bridge ?? '' };
    const device = tap(port.node, port.tap, want, port.origin);
    return [device, ...tapWithoutIpv6(port, device), ...attachment(port, device)];
  },

  firewall({ hybrid, device }) {
    if (hybrid === null) throw new Error(`no frames for ${device} come through a Linux bridge`);
    return { agent: 'openvswi', entry: hybrid.inside };
  },
  isBridged: false,
};

/** Attaches a port to the switch: directly, or through a Linux bridge of its own where iptables filters it. */
function attachment(port: ResolvedPort, device: Resource): readonly Resource[] {
  return port.hybrid === null ? [plugOf(port, port.tap, device)] : hybridPlug(port, port.hybrid);
}

/**
 * The devices of Nova's hybrid plug between a tap and the integration bridge (`OVS_HYBRID_PLUG_REQUIRED` of the
 * iptables firewall). The bridge has two ports, so it does not learn MACs.
 */
function hybridPlug(port: ResolvedPort, { bridge: name, inside, outside }: HybridPlug): readonly Resource[] {
  const { node, mtu, origin } = port;
  const between = bridge(node, name, { attributes: { ageing_time: '0', mcast_snooping: '0' } }, origin);
  const pair = vethLink(node, inside, { peer: outside, bridge: name, mtu }, origin);
  return [
    between,
    ...linkWithoutIpv6(port, name, between),
    pair,
    ...linkWithoutIpv6(port, inside, pair),
    ...linkWithoutIpv6(port, outside, pair),
    plugOf(port, outside, pair),
  ];
}

function plugOf(port: ResolvedPort, name: string, device: Resource): Resource {
  const { node, id, mac, bridge, tag, adminStateUp, origin } = port;
  const plug = ovsPlug(node, name, { bridge, tag, dead: !adminStateUp, ifaceId: id, mac }, origin);
  return { ...plug, after: [addressOf(device)] };
}
