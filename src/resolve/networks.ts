import { dhcpNodeOf, dnsDomainOf } from '../topology/defaults.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { Assigned } from './assign.ts';
import type { Drafts, NetworkDraft } from './drafts.ts';
import { inNeutronsOrder } from './fixed-ip-order.ts';
import { mechanismOn } from './mechanisms/registry.ts';
import { deviceName, dhcpNetns } from './names.ts';
import { originAt } from './origin.ts';
import { resolvePort } from './ports.ts';
import type { DhcpClient, InstancePort, ResolvedDhcp, ResolvedNetwork, ResolvedPort, Standing } from './resolved.ts';

/** Every network, with its DHCP port where one runs. */
export function resolveNetworks(
  topology: ValidTopology,
  drafts: Drafts,
  assigned: Assigned,
  standing: Standing,
): ReadonlyMap<string, ResolvedNetwork> {
  const clients = clientsByNetwork(standing);
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
  // A network may say nothing of its DHCP port; then the network is where it comes from.
  return port.origin.range === undefined ? { ...port, origin: originAt(topology, ['networks', network.name]) } : port;
}

/** The ports Neutron lists for a network's DHCP agent: routers' and instances', not its own and not floating IPs'. */
function clientsByNetwork({ routers, instances }: Standing): ReadonlyMap<string, readonly DhcpClient[]> {
  const clients = new Map<string, DhcpClient[]>();
  const add = (port: ResolvedPort & Partial<InstancePort>): void => {
    const known = clients.get(port.network) ?? [];
    clients.set(port.network, known);
    const { id: portId, mac, dnsName, extraDhcpOpts = [] } = port;
    for (const { address, subnet } of inNeutronsOrder(port.fixedIps)) {
      const hostname = dnsName ?? nameOfAddress(address);
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

/** Subnets whose gateway address a router interface holds; Neutron calls the others isolated. */
function servedSubnets({ routers }: Standing): ReadonlySet<string> {
  const served = new Set<string>();
  for (const { interfaces } of routers.values()) {
    for (const { fixedIp } of interfaces) {
      if (fixedIp.address === fixedIp.subnet.gatewayIp) served.add(fixedIp.subnet.name);
    }
  }
  return served;
}
