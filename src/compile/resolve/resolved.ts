import type { Origin } from '../../model/resource.ts';

/** The Neutron generation whose rules are rendered. */
export type Release = 'grizzly' | 'mitaka' | 'zed';

/**
 * A topology with nothing left open: every id, MAC, address, device name and place is known. Maps and lists are in the
 * order of the file. Nothing is placed on an absent node.
 */
export interface ResolvedTopology {
  readonly name: string;
  readonly release: Release;
  readonly nodes: ReadonlyMap<string, ResolvedNode>;
  readonly networks: ReadonlyMap<string, ResolvedNetwork>;
  readonly bridges: readonly ResolvedBridge[];
  readonly routers: ReadonlyMap<string, ResolvedRouter>;
  readonly instances: ReadonlyMap<string, ResolvedInstance>;
  readonly floatingIps: readonly ResolvedFloatingIp[];
}

export interface ResolvedNode {
  readonly name: string;
  /** False: everything of the topology is removed from the node. */
  readonly present: boolean;
  readonly nics: readonly ResolvedNic[];
  readonly origin: Origin;
}

export interface ResolvedNic {
  readonly name: string;
  readonly node: string;
  readonly physicalNetwork: string;
  /** The bridge that borrows it; `null`: none. */
  readonly bridge: string | null;
  readonly addresses: readonly string[];
  readonly mtu: number | undefined;
  readonly allowDynamic: boolean;
  readonly origin: Origin;
}

/** The bridge of a network on one node that has a port of it. */
export interface ResolvedBridge {
  readonly node: string;
  readonly name: string;
  readonly network: string;
  readonly nic: string;
  readonly origin: Origin;
}

export interface ResolvedNetwork {
  readonly name: string;
  readonly id: string;
  readonly physicalNetwork: string;
  readonly external: boolean;
  readonly mtu: number;
  /** Name of the network's bridge, on every node that needs one. */
  readonly bridge: string;
  readonly subnets: readonly ResolvedSubnet[];
  /** Absent: no subnet enables DHCP. */
  readonly dhcp: ResolvedDhcp | undefined;
  readonly origin: Origin;
}

export interface ResolvedSubnet {
  readonly name: string;
  readonly id: string;
  readonly network: string;
  readonly cidr: string;
  readonly prefixLength: number;
  readonly gatewayIp: string | null;
  readonly enableDhcp: boolean;
  readonly dnsNameservers: readonly string[];
  readonly hostRoutes: readonly { readonly destination: string; readonly nexthop: string }[];
  readonly origin: Origin;
}

export interface FixedIp {
  readonly address: string;
  readonly subnet: ResolvedSubnet;
}

/** A port that stands: a device in a namespace, and its tap in the network's bridge on the same node. */
export interface ResolvedPort {
  readonly id: string;
  readonly mac: string;
  readonly network: string;
  readonly mtu: number;
  readonly node: string;
  /** The namespace of the device; `null` where somebody else makes the guest. */
  readonly netns: string | null;
  readonly device: string;
  readonly tap: string;
  readonly bridge: string;
  readonly fixedIps: readonly FixedIp[];
  readonly origin: Origin;
}

export interface ResolvedRouter {
  readonly name: string;
  readonly id: string;
  readonly node: string;
  readonly netns: string;
  readonly gateway: ResolvedGateway | undefined;
  readonly interfaces: readonly RouterPort[];
  readonly routes: readonly ResolvedRoute[];
  readonly origin: Origin;
}

/** A port of a router: it has exactly one address, and its namespace is the router's. */
export interface RouterPort extends ResolvedPort {
  readonly fixedIp: FixedIp;
}

export interface ResolvedGateway extends RouterPort {
  readonly enableSnat: boolean;
  /** CIDRs of the other subnets of the external network: on the link, though the router has no address in them. */
  readonly onLink: readonly string[];
}

export interface ResolvedRoute {
  /** A CIDR; `0.0.0.0/0` is the default route. */
  readonly destination: string;
  readonly nexthops: readonly { readonly gateway: string; readonly device: string }[];
  readonly origin: Origin;
}

export interface ResolvedDhcp extends ResolvedPort {
  readonly netns: string;
  /** Whom the server knows: ports of the network with an address in a subnet that enables DHCP. */
  readonly clients: readonly DhcpClient[];
  /** Names of the subnets whose gateway_ip no router port holds: Neutron calls them isolated. */
  readonly isolated: ReadonlySet<string>;
}

export interface DhcpClient {
  readonly mac: string;
  readonly address: string;
}

export interface ResolvedInstance {
  readonly name: string;
  readonly node: string;
  /** `lab`: the lab stands in for the guest, in a namespace of its own; `tap`: somebody else makes the guest. */
  readonly attach: 'lab' | 'tap';
  readonly ports: readonly ResolvedPort[];
  /** Absent: it is told nothing of itself. */
  readonly metadata?: ResolvedMetadata;
  readonly origin: Origin;
}

/** What the metadata service tells an instance of itself, besides what its ports say. */
export interface ResolvedMetadata {
  /** The instance's id. */
  readonly id: string;
  readonly hostname: string;
  readonly publicKeys: readonly { readonly name: string; readonly key: string }[];
  readonly userData: Uint8Array | undefined;
}

export interface ResolvedFloatingIp {
  readonly name: string;
  readonly id: string;
  readonly address: string;
  readonly fixedAddress: string;
  /** Name of the router that carries it. */
  readonly router: string;
  readonly node: string;
  readonly netns: string;
  /** The router's gateway device, which has the address. */
  readonly device: string;
  /** Absent where it stands for a machine that is no instance. */
  readonly instance?: string;
  readonly origin: Origin;
}
