import type { ResolvedPort } from '../../../compile/resolve/resolved.ts';
import { nic } from '../../../kinds/nic/spec.ts';
import { ovsBridge } from '../../../kinds/ovs-bridge/spec.ts';
import { ovsInternal } from '../../../kinds/ovs-internal/spec.ts';
import { ovsPatch } from '../../../kinds/ovs-patch/spec.ts';
import { ovsPlug } from '../../../kinds/ovs-plug/spec.ts';
import { tap } from '../../../kinds/tap/spec.ts';
import { veth } from '../../../kinds/veth/spec.ts';
import { addressOf } from '../../../model/resource.ts';
import type { Resource } from '../../../model/resource.ts';
import type { Backend } from './backend.ts';
import { silentTap } from './silent-tap.ts';

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
    const want = { mac, mtu, tap: name, bridge: '', guest: true, txChecksums: false };
    const pair = veth({ node, netns, device }, want, origin);
    return [pair, ...silentTap(port, pair), plugOf(port, pair)];
  },

  tap(port) {
    const device = tap(port.node, port.tap, { mtu: port.mtu, bridge: '' }, port.origin);
    return [device, ...silentTap(port, device), plugOf(port, device)];
  },
};

function plugOf({ node, tap: name, id, mac, bridge, tag, origin }: ResolvedPort, device: Resource): Resource {
  const plug = ovsPlug(node, name, { bridge, tag, ifaceId: id, mac }, origin);
  return { ...plug, after: [addressOf(device)] };
}
