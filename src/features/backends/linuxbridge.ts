import type { ResolvedNic } from '../../resolve/resolved.ts';
import { bridge } from '../../kinds/bridge/spec.ts';
import { nic } from '../../kinds/nic/spec.ts';
import { tap } from '../../kinds/tap/spec.ts';
import { veth } from '../../kinds/veth/spec.ts';
import type { Resource } from '../../model/resource.ts';
import type { Backend, PluggedPort } from './backend.ts';
import { tapWithoutIpv6 } from './disable-ipv6.ts';

/**
 * As the linuxbridge agent: one bridge per network with the MAC of the NIC, and a veth pair per port. The tap of a port
 * that is down is down (`ensure_port_admin_state`).
 */
export const linuxbridge: Backend = {
  *bridge({ node, name, nic: macOf, origin }) {
    yield bridge(node, name, macOf === null ? {} : { macOf }, origin);
  },
  patch: () => [],
  *nic({ node, name, bridge: into, mtu, networkMtu, allowDynamic, origin }: ResolvedNic) {
    yield nic(node, name, { bridge: into, mtu, networkMtu, allowDynamic }, origin);
  },
  device({ netns, ...port }) {
    if (netns === null)
      throw new Error(`${port.device} can't be a veth in the node's own namespace: both ends would be there`);
    return pair({ ...port, netns }, false);
  },
  guest: (port) => pair(port, true),
  tap(port) {
    const want = { mtu: port.mtu, up: port.adminStateUp, bridge: port.bridge };
    const device = tap(port.node, port.tap, want, port.origin);
    return [device, ...tapWithoutIpv6(port, device)];
  },
  firewall: ({ bridge: entry }) => ({ agent: 'linuxbri', entry }),
  isBridged: true,
};

function pair(port: PluggedPort, guest: boolean): readonly [Resource, ...Resource[]] {
  const { node, netns, device, mac, mtu, tap: name, adminStateUp: tapUp, bridge: into, origin } = port;
  const made = veth({ node, netns, device }, { mac, mtu, tap: name, tapUp, bridge: into, guest }, origin);
  return [made, ...tapWithoutIpv6(port, made)];
}
