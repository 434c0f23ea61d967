import type { ResolvedNic } from '../../resolve/resolved.ts';
import { bridge } from '../../kinds/bridge/spec.ts';
import { nic } from '../../kinds/nic/spec.ts';
import { tap } from '../../kinds/tap/spec.ts';
import { veth } from '../../kinds/veth/spec.ts';
import type { Resource } from '../../model/resource.ts';
import type { Backend, PluggedPort } from './backend.ts';
import { silentTap } from './silent-tap.ts';

/** A bridge with the NIC's MAC for each network, and a veth pair for each port, as the linuxbridge agent makes them. */
export const linuxbridge: Backend = {
  *bridge({ node, name, nic: macOf, origin }) {
    yield bridge(node, name, macOf === null ? {} : { macOf }, origin);
  },
  patch: () => [],
  *nic({ node, name, bridge: into, mtu, allowDynamic, origin }: ResolvedNic) {
    yield nic(node, name, { bridge: into, ...(mtu === undefined ? {} : { mtu }), allowDynamic }, origin);
  },
  device({ netns, ...port }) {
    if (netns === null)
      throw new Error(`${port.device} can't be a veth in the node's own namespace: both ends would be there`);
    return pair({ ...port, netns }, false);
  },
  guest: (port) => pair(port, true),
  tap(port) {
    const device = tap(port.node, port.tap, { mtu: port.mtu, bridge: port.bridge }, port.origin);
    return [device, ...silentTap(port, device)];
  },
  firewall: ({ bridge: entry }) => ({ agent: 'linuxbri', entry }),
  isBridged: true,
};

function pair(port: PluggedPort, guest: boolean): readonly [Resource, ...Resource[]] {
  const { node, netns, device, mac, mtu, tap: name, bridge: into, origin } = port;
  const made = veth({ node, netns, device }, { mac, mtu, tap: name, bridge: into, guest }, origin);
  return [made, ...silentTap(port, made)];
}
