import { dhcpNodeOf, dnsDomainOf, segmentOf, usesDnsNames } from '../topology/defaults.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { Assigned } from './assign.ts';
import type { Drafts, NetworkDraft } from './drafts.ts';
import { inNeutronsOrder } from './fixed-ip-order.ts';
import { mechanismOn } from './mechanisms/registry.ts';
import { deviceName, dhcpNetns } from './names.ts';
import { originAt } from './origin.ts';
import { resolvePort } from './ports.ts';
import type { DhcpClient, InstancePort, ResolvedDhcp, ResolvedNetwork, ResolvedPort, Placed } from './resolved.ts';

/** Resolves every network, with its DHCP port if a subnet enables DHCP. */
export function resolveNetworks(
  topology: ValidTopology,
  drafts: Drafts,
  assigned: Assigned,
  standing: Placed,
): ReadonlyMap<string, ResolvedNetwork> {
  const clients = clientsByNetwork(topology, standing);
  const served = servedSubnets(standing);
  const networks = new Map<string, ResolvedNetwork>();
  for (const network of drafts.networks.values()) {
    const subnets = network.subnets.map(({ subnet }) => subnet);
    const isolated = new Set(subnets.map(({ name }) => name).filter((name) => !served.has(name)));
    const port = dhcpPort(topology, drafts, assigned, network);
    const dhcp: ResolvedDhcp | undefined = port && { ...port, clients: clients.get(network.name) ?? [], isolated };
    networks.set(network.name, {
      name: network.name,
      id: network.id,
      physicalNetwork: network.spec.physical_network,
      segment: segmentOf(network.spec),
      vlan: network.spec.segmentation_id ?? null,
      external: network.spec.external ?? false,
      mtu: network.mtu,
      dnsDomain: dnsDomainOf(topology.doc, network.spec),
      subnets,
      dhcp,
      origin: originAt(topology, ['networks', network.name]),
    });
  }
  return networks;
}

function dhcpPort(
  topology: ValidTopology,
  drafts: Drafts,
  assigned: Assigned,
  network: NetworkDraft,
): (ResolvedPort & { readonly netns: string }) | undefined {
  const draft = drafts.dhcp.get(network.name);
  const node = dhcpNodeOf(topology.doc, network.spec);
  if (draft === undefined || node === undefined) return undefined;
  const device = deviceName(mechanismOn(topology, node).dhcpPrefix, draft.id);
  const place = { node, netns: dhcpNetns(network.id), device, use: 'dhcp' } as const;
  const port = resolvePort(topology, assigned, draft, place);
  // If the file has no `dhcp` for the network, the origin is the network.
  return port.origin.range === undefined ? { ...port, origin: originAt(topology, ['networks', network.name]) } : port;
}

/** The ports in the DHCP server's hosts file, as in Neutron: those of routers and instances, not its own. */
function clientsByNetwork(
  { doc }: ValidTopology,
  { routers, instances }: Placed,
): ReadonlyMap<string, readonly DhcpClient[]> {
  const clients = new Map<string, DhcpClient[]>();
  const add = (port: ResolvedPort & Partial<InstancePort>): void => {
    const known = clients.get(port.network) ?? [];
    clients.set(port.network, known);
    const { id: portId, mac, dnsName, extraDhcpOpts = [] } = port;
    const network = doc.networks?.[port.network];
    const isNamed = network !== undefined && usesDnsNames(doc, network);
    for (const { address, subnet } of inNeutronsOrder(port.fixedIps)) {
      const hostname = (isNamed ? dnsName : undefined) ?? nameOfAddress(address);
      known.push({ mac, address, served: subnet.enableDhcp, hostname, portId, extraDhcpOpts });
    }
  };
  for (const { interfaces, gateway } of routers.values()) {
    interfaces.forEach(add);
    if (gateway) add(gateway);
  }
  for (const { ports } of instances.values()) ports.forEach(add);
  return clients;
}

/** Neutron's name for a port without one. */
function nameOfAddress(address: string): string {
  return `host-${address.replaceAll('.', '-')}`;
}

/** Subnets whose gateway address is on a router interface; Neutron calls the others isolated. */
function servedSubnets({ routers }: Placed): ReadonlySet<string> {
  const served = new Set<string>();
  for (const { interfaces } of routers.values()) {
    for (const { fixedIp } of interfaces) {
      if (fixedIp.address === fixedIp.subnet.gatewayIp) served.add(fixedIp.subnet.name);
    }
  }
  return served;
}
