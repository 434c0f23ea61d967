import { mappedBridgeOf, nicOn } from '../../topology/defaults.ts';
import type { ValidTopology } from '../../topology/valid.ts';
import type { NetworkDraft } from '../drafts.ts';
import { required } from '../required.ts';
import { deviceName } from '../names.ts';
import { originAt } from '../origin.ts';
import type { HybridPlug, ResolvedBridge, ResolvedPatch } from '../resolved.ts';
import type { Mechanism, PortToPlug } from './mechanism.ts';

/** Neutron's integration bridge. It holds every port, in the local VLAN of its network. */
export const INTEGRATION_BRIDGE = 'br-int';

/**
 * As the Open vSwitch agent: all ports are in the integration bridge, each network in a local VLAN of its own, and each
 * physical network has a bridge with the NIC. Neutron's agent translates VLANs with flows on one patch pair per
 * physical network. Here each network has a patch pair, whose ends have the VLAN of their side: no flows, and every
 * bridge switches normally.
 */
export const openvswitch: Mechanism = {
  name: 'openvswitch',
  dhcpPrefix: 'tap',

  plug(topology, port) {
    const { id, network, use, device } = port;
    const direct = isDirect(topology, port);
    return {
      mechanism: 'openvswitch',
      bridge: direct ? physicalBridge(topology, port.node, network).name : INTEGRATION_BRIDGE,
      tap: use === 'instance' || use === 'filtered-instance' ? deviceName('tap', id) : device,
      tag: direct ? wireTag(network) : network.vlan,
      hybrid: use === 'filtered-instance' ? hybridPlug(id) : null,
    };
  },

  carriers(topology, node, ports, networks) {
    const here = [...networks.values()].filter(({ name }) => ports.some(({ network }) => network === name));
    const inside = here.filter(({ name }) =>
      ports.some(({ network, bridge }) => network === name && bridge === INTEGRATION_BRIDGE),
    );
    const integration: ResolvedBridge[] =
      inside.length === 0
        ? []
        : [
            {
              node,
              mechanism: 'openvswitch',
              name: INTEGRATION_BRIDGE,
              networks: inside.map(({ name }) => name),
              nic: null,
              origin: originAt(topology, ['nodes', node]),
            },
          ];
    return {
      bridges: [...integration, ...physicalBridges(topology, node, here)],
      patches: inside.map((network) => patch(topology, node, network)),
    };
  },
};

/** Nova's names of the devices between a tap and the integration bridge. */
function hybridPlug(id: string): HybridPlug {
  return { bridge: deviceName('qbr', id), inside: deviceName('qvb', id), outside: deviceName('qvo', id) };
}

/** With Grizzly's `external_network_bridge` a router's gateway is in the bridge of its physical network. */
function isDirect({ doc }: ValidTopology, { use }: PortToPlug): boolean {
  return use === 'gateway' && doc.release === 'grizzly';
}

function physicalBridge(
  { doc }: ValidTopology,
  node: string,
  { spec }: NetworkDraft,
): { readonly name: string; readonly nic: string } {
  const place = required(doc.nodes?.[node], `a node ${node}`);
  const wire = spec.physical_network;
  const { device: nic } = required(nicOn(place, wire), `a NIC of ${node} on ${wire}`);
  return { name: mappedBridgeOf(place, wire, nic), nic };
}

function physicalBridges(topology: ValidTopology, node: string, networks: readonly NetworkDraft[]): ResolvedBridge[] {
  const bridges = new Map<string, ResolvedBridge>();
  for (const network of networks) {
    const { name, nic } = physicalBridge(topology, node, network);
    const known = bridges.get(name)?.networks ?? [];
    const origin = originAt(topology, ['nodes', node, 'nics', nic]);
    bridges.set(name, { node, mechanism: 'openvswitch', name, networks: [...known, network.name], nic, origin });
  }
  return [...bridges.values()];
}

function patch(topology: ValidTopology, node: string, network: NetworkDraft): ResolvedPatch {
  const { name: bridge } = physicalBridge(topology, node, network);
  return {
    node,
    mechanism: 'openvswitch',
    network: network.name,
    ends: [
      { name: deviceName('int-', network.id), bridge: INTEGRATION_BRIDGE, tag: network.vlan },
      { name: deviceName('phy-', network.id), bridge, tag: wireTag(network) },
    ],
    origin: originAt(topology, ['networks', network.name]),
  };
}

/** The VLAN tag of a network on its physical network. */
function wireTag({ spec }: NetworkDraft): number | null {
  return spec.segmentation_id ?? null;
}
