import type { Origin } from '../model/resource.ts';
import type { AddressUse, SegmentLocation, Segments } from '../model/segments.ts';
import type { ResolvedPort, ResolvedTopology } from '../resolve/resolved.ts';

/**
 * Returns where the segments of a topology are on its nodes, and the addresses that it uses on them: not those of ports
 * whose frames do not reach the network.
 */
export function segmentsOf(resolved: ResolvedTopology): Segments {
  const ends = new Set<string>();
  const uses: AddressUse[] = [];
  const segmentOf = (network: string): string => resolved.networks.get(network)?.segment ?? network;
  const use = ({ node, network, mac }: ResolvedPort, address: string, origin: Origin, by = origin.path): void => {
    uses.push({ segment: segmentOf(network), by, address, mac, node, origin });
  };
  const usePort = (port: ResolvedPort, by?: string): void => {
    ends.add(`${port.node} ${port.tap}`);
    if (port.netns === null) ends.add(`${port.node} ${port.device}`);
    if (!port.adminStateUp) return;
    for (const { address } of port.fixedIps) use(port, address, port.origin, by);
  };
  for (const { dhcp } of resolved.networks.values()) if (dhcp) usePort(dhcp, `the DHCP server of ${dhcp.network}`);
  for (const { interfaces, gateway } of resolved.routers.values()) {
    for (const port of interfaces) usePort(port);
    if (gateway) usePort(gateway);
  }
  for (const { ports } of resolved.instances.values()) for (const port of ports) usePort(port);
  for (const { router, address, origin } of [...resolved.floatingIps, ...resolved.forwardedIps]) {
    const gateway = resolved.routers.get(router)?.gateway;
    if (gateway?.adminStateUp === true) use(gateway, address, origin);
  }
  for (const { present, nics } of resolved.nodes.values()) {
    if (!present) continue;
    for (const { node, name: nic, physicalNetwork: segment, addresses, origin } of nics) {
      for (const cidr of addresses)
        uses.push({ segment, by: origin.path, address: cidr.split('/', 1).join(), node, nic, origin });
    }
  }
  return { locations: locationsOf(resolved), uses, ends };
}

/** The untagged segment at each NIC, and that of each VLAN network on its physical network. */
function locationsOf({ nodes, networks }: ResolvedTopology): readonly SegmentLocation[] {
  const vlans = [...networks.values()].filter(({ vlan }) => vlan !== null);
  return [...nodes.values()].flatMap(({ nics }) =>
    nics.flatMap(({ node, name: nic, physicalNetwork }): SegmentLocation[] => [
      { segment: physicalNetwork, node, nic, vlan: null },
      ...vlans
        .filter((network) => network.physicalNetwork === physicalNetwork)
        .map(({ segment, vlan }) => ({ segment, node, nic, vlan })),
    ]),
  );
}
