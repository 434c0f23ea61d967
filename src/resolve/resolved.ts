import type { Netns, Origin } from '../model/resource.ts';
import type { MechanismName } from '../topology/defaults.ts';
import type { PortRange } from '../net/ports.ts';
import type { PortSecurity, ResolvedSecurityGroup } from './resolved-security.ts';

/** The Neutron release whose rules are rendered. */
export type Release = 'grizzly' | 'mitaka' | 'zed';

/**
 * A topology with every id, MAC, address, device name and location. Maps and lists are in the order of the file. No
 * object is on an absent node, and none is absent because its `admin_state_up` is `false`.
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
  /** What the file leaves out of ports and floating IPs, in the order of their ids. */
  readonly derived: readonly DerivedPort[];
  /** The same topology with what `admin_state_up: false` removes from the nodes. */
  readonly withDown?: ResolvedTopology;
  /** The entries whose ids the file does not give. */
  readonly derivedIds: readonly DerivedId[];
  /** The numbers of the address scopes, by name. */
  readonly scopes: ReadonlyMap<string, number>;
}

/** What the file leaves out of a port or a floating IP. */
export interface DerivedPort {
  readonly id: string;
  /** Name of the network. */
  readonly network: string;
  readonly node: string;
  /** Absent if the file gives it, and for a floating IP. */
  readonly mac?: string;
  /** Without those that the file gives. */
  readonly addresses: readonly string[];
  readonly origin: Origin;
}

/** An entry that may have `renamed_from`, and whose id is derived: under another key it would be another object. */
export interface DerivedId {
  /** Its keys, from the top of the file. */
  readonly path: readonly string[];
  /** The keys under which it was created. The id is derived from them. */
  readonly original: readonly string[];
  readonly id: string;
  readonly origin: Origin;
}

export interface ResolvedNode {
  readonly name: string;
  /** False: everything of the topology is removed from the node. */
  readonly present: boolean;
  readonly nics: readonly ResolvedNic[];
  /** Whether netloom may make bridged frames pass iptables, on all bridges of the node. */
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
  /** The largest MTU of the networks that its bridge carries; absent without a bridge. */
  readonly networkMtu?: number;
  readonly allowDynamic: boolean;
  readonly origin: Origin;
}

/** A bridge on one node, for networks that have ports there. */
export interface ResolvedBridge {
  readonly node: string;
  readonly mechanism: MechanismName;
  readonly name: string;
  readonly networks: readonly string[];
  /** The NIC that it borrows; `null`: none. */
  readonly nic: string | null;
  readonly origin: Origin;
}

/** A patch pair that carries a network between two bridges of Open vSwitch on one node. */
export interface ResolvedPatch {
  readonly node: string;
  readonly mechanism: MechanismName;
  readonly network: string;
  /**
   * The end in the integration bridge has the network's local tag. The other is in the bridge of its physical network.
   */
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
  /** Its layer-2 segment (`segmentOf`); networks of one segment share their addresses. */
  readonly segment: string;
  /** The VLAN tag of its frames on the physical network; `null`: untagged. */
  readonly vlan: number | null;
  readonly external: boolean;
  readonly mtu: number;
  /** Its DNS domain. */
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
  /** Number of its address scope. All subnets without a scope share one number. */
  readonly scope: number;
  /** False: it has no address scope. */
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
  /**
   * Its name in the node's own namespace; an internal port of Open vSwitch has it only until it moves to its namespace.
   */
  readonly tap: string;
  /** The VLAN it is in, in its bridge; `null`: none. */
  readonly tag: number | null;
  /** The devices between its tap and its bridge; `null`: the tap itself is plugged in. */
  readonly hybrid: HybridPlug | null;
}

/**
 * Nova's hybrid plug, with which iptables filters a port of Open vSwitch: a Linux bridge, and a veth pair from it into
 * the switch.
 */
export interface HybridPlug {
  readonly bridge: string;
  /** The pair's end in that bridge. */
  readonly inside: string;
  /** The pair's end in the switch. */
  readonly outside: string;
}

/** A port: a device in a namespace, attached to a bridge on the same node. */
export interface ResolvedPort extends Plug {
  readonly id: string;
  readonly mac: string;
  readonly network: string;
  readonly mtu: number;
  readonly node: string;
  /** The namespace of the device; `null` for a guest of a hypervisor, and for a router in the node's own namespace. */
  readonly netns: string | null;
  readonly device: string;
  /** False: no frame passes between the device and the network. */
  readonly adminStateUp: boolean;
  readonly fixedIps: readonly FixedIp[];
  readonly origin: Origin;
}

export interface ResolvedRouter {
  readonly name: string;
  readonly id: string;
  readonly node: string;
  /** `null`: its node has `use_namespaces: false`, so the router is in the node's own namespace. */
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
  /** The one of its addresses that SNAT uses. */
  readonly snatIp: FixedIp;
  /** The subnet whose gateway is the default route; the router may have no address in it. Absent: no default route. */
  readonly defaultSubnet: ResolvedSubnet | undefined;
  /** CIDRs of the subnets of the external network in which the router has no address. They are on-link too. */
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
  /** The entries of the hosts file: one for each address of each port of the network. */
  readonly clients: readonly DhcpClient[];
  /** Names of the subnets whose `gateway_ip` is on no router port: Neutron calls them isolated. */
  readonly isolated: ReadonlySet<string>;
}

/** An address of a port in the hosts file of the DHCP server. */
export interface DhcpClient {
  readonly mac: string;
  readonly address: string;
  /** Whether DHCP leases the address. Its name is resolved in both cases. */
  readonly served: boolean;
  /** The port's name, without domain. */
  readonly hostname: string;
  readonly portId: string;
  readonly extraDhcpOpts: readonly ExtraDhcpOption[];
}

/** A DHCP option of one port. */
export interface ExtraDhcpOption {
  readonly name: string;
  readonly value: string;
}

/** A port of an instance. */
export interface InstancePort extends ResolvedPort {
  readonly dnsName: string | undefined;
  readonly extraDhcpOpts: readonly ExtraDhcpOption[];
  /** The address that DHCP leases to the guest. */
  readonly leased: FixedIp | undefined;
  /** Absent: the port is not filtered. */
  readonly security?: PortSecurity;
}

/** A port whose traffic is filtered. */
export type FilteredPort = InstancePort & { readonly security: PortSecurity };

export interface ResolvedInstance {
  readonly name: string;
  readonly node: string;
  /** `lab`: the lab runs a stand-in for the guest in a namespace; `tap`: a hypervisor runs the guest. */
  readonly attach: 'lab' | 'tap';
  readonly ports: readonly InstancePort[];
  /** Absent: the guest gets no metadata. */
  readonly metadata?: ResolvedMetadata;
  readonly origin: Origin;
}

/** The resolved routers and instances: targets of floating IPs, their routers, and the clients of DHCP servers. */
export interface Placed {
  readonly routers: ReadonlyMap<string, ResolvedRouter>;
  readonly instances: ReadonlyMap<string, ResolvedInstance>;
}

/** Metadata of an instance, without what is derived from its ports. */
export interface ResolvedMetadata {
  /** The instance's id. */
  readonly id: string;
  readonly hostname: string;
  readonly publicKeys: readonly { readonly name: string; readonly key: string }[];
  readonly userData: Uint8Array | undefined;
}

/** A floating IP's address on its router. */
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

/** A floating IP with one target: all its traffic is translated to it. */
export interface ResolvedFloatingIp extends ExternalAddress {
  readonly fixedAddress: string;
  /** Number of the fixed address's scope. */
  readonly fixedScope: number;
  /** Absent if the target is not an instance. */
  readonly instance?: string;
}

/** A floating IP with port forwardings: the router itself answers on the other ports. */
export interface ResolvedForwardedIp extends ExternalAddress {
  readonly forwardings: readonly ResolvedPortForwarding[];
}

export interface ResolvedPortForwarding {
  readonly id: string;
  /** The name of its chain, without the prefix of the agent's chains. */
  readonly chain: string;
  readonly protocol: 'tcp' | 'udp';
  readonly external: PortRange;
  /** As many as the external ports, or one. */
  readonly internal: PortRange;
  readonly fixedAddress: string;
  /** Absent if the target is not an instance. */
  readonly instance?: string;
  readonly origin: Origin;
}
