import { parseBlock } from '../net/block.ts';
import { formatIp, parseIp } from '../net/ip.ts';
import { subtractAddresses } from '../net/range.ts';
import type { IpRange } from '../net/range.ts';
import type { Network, Nic, Node, Reach, Role, Subnet, Topology } from './types.gen.ts';

// Defaults for fields that the file leaves out. All later stages use these functions, so each default is defined once.

/** The roles of a node; by default all. */
export function rolesOf(node: Node): readonly Role[] {
  return node.roles ?? ['network', 'compute'];
}

/** What connects the ports of networks on a node: a Linux bridge per network, or Open vSwitch. */
export type MechanismName = NonNullable<Node['mechanism']>;

/** The mechanism of a node; by default Linux bridges. */
export function mechanismOf(node: Node | undefined): MechanismName {
  return node?.mechanism ?? 'linuxbridge';
}

/** True for a network that is carried with a VLAN tag. */
export function isVlan(network: Network): boolean {
  return network.network_type === 'vlan';
}

/**
 * The layer-2 segment of a network: its physical network, untagged like the frames of the NICs, or one of its VLANs.
 */
export function segmentOf({ physical_network: wire, segmentation_id: tag }: Network): string {
  return tag === undefined ? wire : `${wire}/${String(tag)}`;
}

/** Open vSwitch's bridge for a physical network of a node: as mapped, else named after the NIC. */
export function mappedBridgeOf(node: Node, physicalNetwork: string, nic: string): string {
  return node.bridge_mappings?.[physicalNetwork] ?? `br-${nic}`;
}

/** False if the node's router has no namespace of its own. */
export function usesNamespaces(node: Node | undefined): boolean {
  return node?.use_namespaces !== false;
}

/** How a node is reached; by default it is the machine that netloom runs on. */
export function reachOf(node: Node): Reach {
  return node.reach ?? { via: 'local' };
}

/** True unless `admin_state_up` of a network, port or router is `false`. */
export function isUp({ admin_state_up: up }: { readonly admin_state_up?: boolean }): boolean {
  return up !== false;
}

/** True unless the node's `state` is `absent`. */
export function isPresent(node: Node): boolean {
  return node.state !== 'absent';
}

/** The default DNS domain of Neutron's agents. */
export const DEFAULT_DNS_DOMAIN = 'openstacklocal';

/** The DNS domain of a network; by default that of Neutron's agents. */
export function dnsDomainOf(doc: Topology, network: Network): string {
  return network.dns_domain ?? doc.dns_domain ?? DEFAULT_DNS_DOMAIN;
}

/**
 * Returns whether ports of a network get their `dns_name`. Under the default domain they do not, as in Neutron
 * (`_get_request_dns_name` in its dns_integration.py).
 */
export function usesDnsNames(doc: Topology, network: Network): boolean {
  return dnsDomainOf(doc, network) !== DEFAULT_DNS_DOMAIN;
}

/** The NIC of a node on a physical network, with its device name; `undefined` when there is none. */
export function nicOn(node: Node, physicalNetwork: string): { device: string; nic: Nic } | undefined {
  for (const [device, nic] of Object.entries(node.nics ?? {})) {
    if (nic.physical_network === physicalNetwork) return { device, nic };
  }
  return undefined;
}

/**
 * A subnet's default gateway: as given, else, as in Neutron, the address after that of the network, also in a /31;
 * `undefined` for `gateway_ip: null`.
 */
export function gatewayOf(subnet: Subnet): string | undefined {
  if (subnet.gateway_ip === null) return undefined;
  const { prefixLength, firstHost, last } = parseBlock(subnet.cidr);
  return subnet.gateway_ip ?? formatIp(prefixLength === 31 ? last : firstHost);
}

/** The ranges that addresses are allocated from: as given, else all hosts of the subnet but its gateway. */
export function poolsOf(subnet: Subnet): readonly IpRange[] {
  if (subnet.allocation_pools !== undefined) {
    return subnet.allocation_pools.map((pool) => ({ first: parseIp(pool.start), last: parseIp(pool.end) }));
  }
  const { firstHost: first, lastHost: last } = parseBlock(subnet.cidr);
  const gateway = gatewayOf(subnet);
  return subtractAddresses({ first, last }, gateway === undefined ? [] : [parseIp(gateway)]);
}

/** True if at least one of the network's subnets enables DHCP. */
export function hasDhcp(network: Network): boolean {
  return Object.values(network.subnets ?? {}).some((subnet) => subnet.enable_dhcp !== false);
}

/**
 * The node that runs the network's DHCP server: `dhcp.node`, else the first present node of the file with role network
 * and a NIC on the physical network, for a VLAN network one with Open vSwitch. `undefined` if the network needs no
 * DHCP server, or no node fits.
 */
export function dhcpNodeOf(doc: Topology, network: Network): string | undefined {
  if (!hasDhcp(network)) return undefined;
  if (network.dhcp?.node !== undefined) return network.dhcp.node;
  const fits = (node: Node): boolean =>
    isPresent(node) &&
    rolesOf(node).includes('network') &&
    nicOn(node, network.physical_network) !== undefined &&
    (!isVlan(network) || mechanismOf(node) === 'openvswitch');
  return Object.entries(doc.nodes ?? {}).find(([, node]) => fits(node))?.[0];
}
