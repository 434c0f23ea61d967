import type { Netns, Origin } from '../model/resource.ts';
import type { MechanismName } from '../topology/defaults.ts';
import type { PortRange } from '../net/ports.ts';
import type { PortSecurity, ResolvedSecurityGroup } from './resolved-security.ts';

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
  readonly patches: readonly ResolvedPatch[];
  readonly routers: ReadonlyMap<string, ResolvedRouter>;
  readonly instances: ReadonlyMap<string, ResolvedInstance>;
  readonly securityGroups: ReadonlyMap<string, ResolvedSecurityGroup>;
  readonly floatingIps: readonly ResolvedFloatingIp[];
  readonly forwardedIps: readonly ResolvedForwardedIp[];
}

export interface ResolvedNode {
  readonly name: string;
  /** False: everything of the topology is removed from the node. */
  readonly present: boolean;
  readonly nics: readonly ResolvedNic[];
  /** Whether bridged frames may be made to pass iptables, on all bridges of the machine. */
  readonly manageBridgeNetfilter: boolean;
  readonly origin: Origin;
}

export interface ResolvedNic {
  readonly name: string;
  readonly node: string;
  readonly mechanism: MechanismName;
  readonly physicalNetwork: string;
  /** The bridge that borrows it; `null`: none. */
  readonly bridge: string | null;
  readonly addresses: readonly string[];
  readonly mtu: number | undefined;
  readonly allowDynamic: boolean;
  readonly origin: Origin;
}

/** A bridge on one node, for networks that have ports there. */
export interface ResolvedBridge {
  readonly node: string;
  readonly mechanism: MechanismName;
  readonly name: string;
  readonly networks: readonly string[];
  /** The NIC it borrows; `null`: it leads nowhere by itself. */
  readonly nic: string | null;
  readonly origin: Origin;
}

/** A network's way between two bridges of Open vSwitch on one node. */
export interface ResolvedPatch {
  readonly node: string;
  readonly mechanism: MechanismName;
  readonly network: string;
  /** One end is in the integration bridge, where the network has its local tag; the other, in the bridge of its physical network. */
  readonly ends: readonly [PatchEnd, PatchEnd];
  readonly origin: Origin;
}

export interface PatchEnd {
  readonly name: string;
  readonly bridge: string;
  /** `null`: untagged. */
  readonly tag: number | null;
}

export interface ResolvedNetwork {
  readonly name: string;
  readonly id: string;
  readonly physicalNetwork: string;
  readonly external: boolean;
  readonly mtu: number;
  /** The domain of the names on it. */
  readonly dnsDomain: string;
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
  /** Number of its address scope. All subnets outside of every scope have one number too. */
  readonly scope: number;
  /** False for a subnet outside of every address scope. */
  readonly isScoped: boolean;
  readonly enableDhcp: boolean;
  readonly dnsNameservers: readonly string[];
  readonly hostRoutes: readonly { readonly destination: string; readonly nexthop: string }[];
  readonly origin: Origin;
}

export interface FixedIp {
  readonly address: string;
  readonly subnet: ResolvedSubnet;
}

/** Where a port is plugged on its node. */
export interface Plug {
  readonly mechanism: MechanismName;
  readonly bridge: string;
  /** Its name in the node's own namespace; Open vSwitch's own ports have it only until they are moved to theirs. */
  readonly tap: string;
  /** The VLAN it is in, in its bridge; `null`: none. */
  readonly tag: number | null;
  /** The devices between its tap and its bridge; `null`: it is plugged by itself. */
  readonly hybrid: HybridPlug | null;
}

/** Nova's hybrid plug, by which iptables sees the frames of a port of Open vSwitch: a Linux bridge, and a pair that leads from it into the switch. */
export interface HybridPlug {
  readonly bridge: string;
  /** The pair's end in that bridge. */
  readonly inside: string;
  /** The pair's end in the switch. */
  readonly outside: string;
}

/** A port that stands: a device in a namespace, plugged into a bridge on the same node. */
export interface ResolvedPort extends Plug {
  readonly id: string;
  readonly mac: string;
  readonly network: string;
  readonly mtu: number;
  readonly node: string;
  /** The namespace of the device; `null` where somebody else makes the guest, and for a router in the node's own. */
  readonly netns: string | null;
  readonly device: string;
  readonly fixedIps: readonly FixedIp[];
  readonly origin: Origin;
}

export interface ResolvedRouter {
  readonly name: string;
  readonly id: string;
  readonly node: string;
  /** `null`: its node uses no namespaces, and it is the node itself that routes. */
  readonly netns: Netns;
  readonly gateway: ResolvedGateway | undefined;
  readonly interfaces: readonly RouterPort[];
  readonly routes: readonly ResolvedRoute[];
  readonly origin: Origin;
}

/** A port of a router, whose namespace is the router's. */
export interface RouterPort extends ResolvedPort {
  /** The first of its addresses; an interface has no other. */
  readonly fixedIp: FixedIp;
}

export interface ResolvedGateway extends RouterPort {
  readonly enableSnat: boolean;
  /** CIDRs of those subnets of the external network that the router has no address in: on the link all the same. */
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
  /** Whom the server knows: an entry for each address of each port of the network. */
  readonly clients: readonly DhcpClient[];
  /** Names of the subnets whose gateway_ip no router port holds: Neutron calls them isolated. */
  readonly isolated: ReadonlySet<string>;
}

/** An address of a port, as the DHCP server knows it. */
export interface DhcpClient {
  readonly mac: string;
  readonly address: string;
  /** Whether it gets the address by DHCP. Its name is known either way. */
  readonly served: boolean;
  /** The port's name, without domain. */
  readonly hostname: string;
  readonly portId: string;
  readonly extraDhcpOpts: readonly ExtraDhcpOption[];
}

/** A DHCP option that one port has to itself. */
export interface ExtraDhcpOption {
  readonly name: string;
  readonly value: string;
}

/** What an instance's port says to the DHCP server, beside its addresses. */
export interface InstancePort extends ResolvedPort {
  readonly dnsName: string | undefined;
  readonly extraDhcpOpts: readonly ExtraDhcpOption[];
  /** The one of its addresses that DHCP gives its guest. */
  readonly leased: FixedIp | undefined;
  /** Absent: nothing of it is filtered. */
  readonly security?: PortSecurity;
}

/** A port whose traffic is filtered. */
export type FilteredPort = InstancePort & { readonly security: PortSecurity };

export interface ResolvedInstance {
  readonly name: string;
  readonly node: string;
  /** `lab`: the lab stands in for the guest, in a namespace of its own; `tap`: somebody else makes the guest. */
  readonly attach: 'lab' | 'tap';
  readonly ports: readonly InstancePort[];
  /** Absent: it is told nothing of itself. */
  readonly metadata?: ResolvedMetadata;
  readonly origin: Origin;
}

/** What stands on the nodes: the ports a DHCP server may have to know, the machines floating IPs lead to and who carries them out. */
export interface Standing {
  readonly routers: ReadonlyMap<string, ResolvedRouter>;
  readonly instances: ReadonlyMap<string, ResolvedInstance>;
}

/** What the metadata service tells an instance of itself, besides what its ports say. */
export interface ResolvedMetadata {
  /** The instance's id. */
  readonly id: string;
  readonly hostname: string;
  readonly publicKeys: readonly { readonly name: string; readonly key: string }[];
  readonly userData: Uint8Array | undefined;
}

/** An address of an external network on the router that carries it. */
export interface ExternalAddress {
  readonly name: string;
  readonly id: string;
  readonly address: string;
  /** Name of the router. */
  readonly router: string;
  readonly node: string;
  readonly netns: Netns;
  /** The router's gateway device, which has the address. */
  readonly device: string;
  readonly origin: Origin;
}

/** A floating IP with a target: all that comes for it goes there. */
export interface ResolvedFloatingIp extends ExternalAddress {
  readonly fixedAddress: string;
  /** Number of the fixed address's scope. */
  readonly fixedScope: number;
  /** Absent where it stands for a machine that is no instance. */
  readonly instance?: string;
}

/** A floating IP with port forwardings: what comes for its other ports is the router's. */
export interface ResolvedForwardedIp extends ExternalAddress {
  readonly forwardings: readonly ResolvedPortForwarding[];
}

export interface ResolvedPortForwarding {
  readonly id: string;
  /** The name of its chain, without the prefix all chains of an agent have. */
  readonly chain: string;
  readonly protocol: 'tcp' | 'udp';
  readonly external: PortRange;
  /** As many as outside, or a single one. */
  readonly internal: PortRange;
  readonly fixedAddress: string;
  /** Absent where it leads to a machine that is no instance. */
  readonly instance?: string;
  readonly origin: Origin;
}
