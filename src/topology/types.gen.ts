// Generated from schemas/topology.schema.json by `npm run generate`. Do not edit.

/**
 * Path of a file, relative to the folder of the file that names it: 1 to 1024 characters, not beginning with `/`.
 */
export type RelativePath = string;
/**
 * network: routers and DHCP servers may run on the node; compute: instances may.
 */
export type Role = 'network' | 'compute';
/**
 * What may run on the node. Default: both.
 *
 * @minItems 1
 */
export type Roles = Role[];
/**
 * How netloom reaches the node. Default: local.
 */
export type Reach = ReachLocal | ReachSsh | ReachLab;
/**
 * Name of a network device: letters, digits, `_`, `.` and `-`, not beginning with `-`, not only digits and dots, and not `lo`, `all` or `default`; 15 characters at most.
 */
export type DeviceName = string;
/**
 * IPv4 address and prefix length, such as 10.0.0.0/24.
 */
export type Cidr = string;
/**
 * IPv4 address, without leading zeros.
 */
export type Ipv4 = string;
/**
 * IP addresses of the port if several subnets have `enable_dhcp`, one of each; replaces `fixed_ip_address`. Those it lacks are derived.
 *
 * @minItems 1
 */
export type DhcpFixedIps = Ipv4[];
/**
 * Address ranges that ports without an address get one from. Default: the whole subnet without its gateway.
 */
export type AllocationPools = AllocationPool[];
/**
 * IP addresses of the port if it has several, usually one of each subnet; replaces `fixed_ip_address`. SNAT uses the first one, unless `snat_ip_address` names another; the default route is the gateway of the last one's subnet, unless `default_route_subnet` names another. The network's other subnets are on-link.
 *
 * @minItems 1
 */
export type GatewayFixedIps = Ipv4[];
/**
 * Port.
 */
export type TcpPort = number;
/**
 * IP addresses of the port if it has several, of one or more subnets of its network; replaces `fixed_ip_address`. Expectations use the first one.
 *
 * @minItems 1
 */
export type PortFixedIps = Ipv4[];
/**
 * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
 */
export type Name = string;
/**
 * Security groups of the port. An empty list: no group, so only DHCP and IPv6 neighbour discovery pass, and ICMPv6 leaves. Default: the group `default`.
 */
export type GroupNames = Name[];
/**
 * SSH public key on one line, as in authorized_keys: type, key in base64, comment. 8192 characters at most.
 */
export type SshPublicKey = string;
/**
 * Ports of the address that are forwarded to instances; replaces `instance`, `network`, `port` and `fixed_ip_address`. The router itself answers on all other ports.
 *
 * @minItems 1
 */
export type PortForwardings = PortForwarding[];

/**
 * A network as netloom builds it: nodes, networks, routers, instances and floating IPs, in the terms of the Neutron API.
 */
export interface Topology {
  /**
   * Name of the topology. It is part of the mark on every object that netloom creates: two topologies on one node need different names.
   */
  name: string;
  /**
   * The Neutron release whose rules are rendered: grizzly (prefix quantum-, SNAT per CIDR), mitaka, or zed (the last one with the linuxbridge agent).
   */
  release?: 'grizzly' | 'mitaka' | 'zed';
  /**
   * Files with other parts of the topology, as paths relative to this file and inside the folder of the main file. The entries of all files together are one topology, in the order of the files; no entry may be in two of them. An included file may include others.
   */
  include?: RelativePath[];
  /**
   * DNS domain of the instances. The DHCP servers resolve names in it and hand it out. Default: openstacklocal.
   */
  dns_domain?: string;
  /**
   * Physical networks: NICs are plugged into them, and networks run on them. Keyed by name.
   */
  physical_networks?: {
    [k: string]: PhysicalNetwork;
  };
  /**
   * The nodes that netloom configures. Keyed by name.
   */
  nodes?: {
    [k: string]: Node;
  };
  /**
   * Address scopes as in the Neutron API. A router forwards between subnets of one scope without NAT, and between scopes only with NAT. A scope's number in packet marks is derived from its name. Keyed by name.
   */
  address_scopes?: {
    [k: string]: AddressScope;
  };
  /**
   * Networks as in the Neutron API. Keyed by name.
   */
  networks?: {
    [k: string]: Network;
  };
  /**
   * Routers. Each is a network namespace on one node. Keyed by name.
   */
  routers?: {
    [k: string]: Router;
  };
  /**
   * Security groups. The group `default` always exists and holds the ports that name no group; an entry `default` here adds rules to it. Keyed by name.
   */
  security_groups?: {
    [k: string]: SecurityGroup;
  };
  /**
   * Instances (guests): each is attached by taps on a compute node. Keyed by name.
   */
  instances?: {
    [k: string]: Instance;
  };
  /**
   * Floating IPs: external addresses that are translated to an instance, or whose ports are forwarded to instances. Their order in the file is the order of their rules. Keyed by name.
   */
  floating_ips?: {
    [k: string]: FloatingIp;
  };
  /**
   * Hosts outside the cloud. Only the lab creates them. Keyed by name.
   */
  hosts?: {
    [k: string]: Host;
  };
  /**
   * Which targets must be reachable and which must not. `netloom verify` tests each entry.
   */
  expect?: Expectation[];
}
/**
 * A physical network.
 */
export interface PhysicalNetwork {
  /**
   * MTU of the physical network. Networks on it must not have a larger one.
   */
  mtu?: number;
}
/**
 * A node that netloom configures.
 */
export interface Node {
  /**
   * What may run on the node. Default: both.
   */
  roles?: Roles;
  reach?: Reach;
  /**
   * present: the topology runs on the node; absent: every object of the topology is removed from the node.
   */
  state?: 'present' | 'absent';
  /**
   * What the node's networks run on: one Linux bridge per network, or Open vSwitch with `br-int` and one bridge per physical network.
   */
  mechanism?: 'linuxbridge' | 'openvswitch';
  /**
   * With openvswitch: the bridge of each physical network. It is not `br-int`, and each physical network has a bridge of its own. Keyed by physical network. Default: `br-` and the name of the NIC.
   */
  bridge_mappings?: {
    [k: string]: DeviceName;
  };
  /**
   * false: the one router of this node has its devices, addresses, routes and rules in the node's own network namespace, as with use_namespaces = False of Grizzly. Needs openvswitch. DHCP servers keep their namespaces.
   */
  use_namespaces?: boolean;
  /**
   * The NICs of the node that netloom may use. Keyed by device name.
   */
  nics?: {
    [k: string]: Nic;
  };
  /**
   * true: netloom sets net.bridge.bridge-nf-call-iptables and bridge-nf-call-ip6tables to 1 where instances are filtered. They apply to all bridges of the node. false: a value of 0 is an error.
   */
  manage_bridge_netfilter?: boolean;
}
/**
 * The node is the machine that netloom runs on.
 */
export interface ReachLocal {
  /**
   * local: the node is the machine that netloom runs on.
   */
  via: 'local';
}
/**
 * The node is reached with the OpenSSH client and its configuration.
 */
export interface ReachSsh {
  /**
   * ssh: the node is reached with the OpenSSH client and its configuration.
   */
  via: 'ssh';
  /**
   * Host name, IPv4 address or Host alias of ssh_config.
   */
  host: string;
  /**
   * Login name. Default: the one in ssh_config.
   */
  user?: string;
  /**
   * Port of the SSH server. Default: the one in ssh_config.
   */
  port?: number;
  /**
   * Path of the private key. Default: the keys of ssh_config and of the agent.
   */
  identity_file?: string;
}
/**
 * The node belongs to the embedded lab.
 */
export interface ReachLab {
  /**
   * lab: the node belongs to the embedded lab.
   */
  via: 'lab';
}
/**
 * A NIC of a node.
 */
export interface Nic {
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  physical_network: string;
  /**
   * IPv4 addresses of the NIC with prefix length. While a bridge has borrowed the NIC, they are on the bridge.
   */
  addresses?: Cidr[];
  /**
   * MTU of the NIC.
   */
  mtu?: number;
  /**
   * MAC address. Only the lab uses it, when it creates the NIC.
   */
  mac_address?: string;
  /**
   * true: netloom borrows the NIC even if it has a dynamic address or a network manager configures it.
   */
  allow_dynamic?: boolean;
}
/**
 * An address scope. Subnets name their scope.
 */
export interface AddressScope {
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  renamed_from?: string;
}
/**
 * A network.
 */
export interface Network {
  /**
   * UUID of the network. Default: derived from the names.
   */
  id?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  renamed_from?: string;
  /**
   * Type of the network on its physical network. flat: untagged; vlan: with the VLAN tag `segmentation_id`, on nodes with openvswitch.
   */
  network_type?: 'flat' | 'vlan';
  /**
   * VLAN tag of a network of type vlan.
   */
  segmentation_id?: number;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  physical_network: string;
  /**
   * true: routers may have their gateway on the network, and floating IPs are allocated from it.
   */
  external?: boolean;
  /**
   * false: the network has no DHCP server. Its ports work all the same.
   */
  admin_state_up?: boolean;
  /**
   * MTU of the network's ports. Default: that of the physical network.
   */
  mtu?: number;
  /**
   * DNS domain of the network. Default: the topology's `dns_domain`.
   */
  dns_domain?: string;
  dhcp?: Dhcp;
  /**
   * Subnets of the network. Keyed by name, which is unique in the file.
   */
  subnets?: {
    [k: string]: Subnet;
  };
  /**
   * Default for the instances' ports on the network. false: they are not filtered.
   */
  port_security_enabled?: boolean;
}
/**
 * The DHCP port of the network. The DHCP server runs if a subnet has `enable_dhcp`.
 */
export interface Dhcp {
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  node?: string;
  /**
   * UUID of the port. Default: derived from the names.
   */
  port_id?: string;
  /**
   * MAC address of the port. Default: derived from the port's id.
   */
  mac_address?: string;
  /**
   * IP address of the port. Default: a free one of the allocation pools, derived from the port's id.
   */
  fixed_ip_address?: string;
  /**
   * IP addresses of the port if several subnets have `enable_dhcp`, one of each; replaces `fixed_ip_address`. Those it lacks are derived.
   */
  fixed_ips?: DhcpFixedIps;
}
/**
 * A subnet of a network.
 */
export interface Subnet {
  /**
   * UUID of the subnet. Default: derived from the names.
   */
  id?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  renamed_from?: string;
  /**
   * IPv4 address and prefix length, such as 10.0.0.0/24.
   */
  cidr: string;
  /**
   * IP address of the default gateway; null for none. On an external network it may be outside the range; an on-link route then leads to it. Default: the address after that of the network.
   */
  gateway_ip?: string | null;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  address_scope?: string;
  /**
   * Address ranges that ports without an address get one from. Default: the whole subnet without its gateway.
   */
  allocation_pools?: AllocationPools;
  /**
   * Whether the DHCP server answers for this subnet.
   */
  enable_dhcp?: boolean;
  /**
   * DNS servers that DHCP hands out, in order.
   */
  dns_nameservers?: Ipv4[];
  /**
   * Routes that DHCP hands out. Of several to one destination, the guest decides which it uses.
   */
  host_routes?: Route[];
}
/**
 * A range of addresses, both ends included.
 */
export interface AllocationPool {
  /**
   * IPv4 address, without leading zeros.
   */
  start: string;
  /**
   * IPv4 address, without leading zeros.
   */
  end: string;
}
/**
 * A static route.
 */
export interface Route {
  /**
   * IPv4 address and prefix length, such as 10.0.0.0/24.
   */
  destination: string;
  /**
   * IPv4 address, without leading zeros.
   */
  nexthop: string;
}
/**
 * A router.
 */
export interface Router {
  /**
   * UUID of the router. Default: derived from the names.
   */
  id?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  renamed_from?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  node: string;
  /**
   * false: the router is not on its node, nor are its floating IPs.
   */
  admin_state_up?: boolean;
  /**
   * The router's port on an external network.
   */
  external_gateway?: ExternalGateway;
  /**
   * The router's ports on subnets. Keyed by the name of the subnet.
   */
  interfaces?: {
    [k: string]: RouterInterface;
  };
  /**
   * Static routes of the router. A route to another subnet of the external network replaces its on-link route.
   */
  routes?: Route[];
}
/**
 * The router's port on an external network.
 */
export interface ExternalGateway {
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  network: string;
  /**
   * UUID of the port. Default: derived from the names.
   */
  port_id?: string;
  /**
   * MAC address of the port. Default: derived from the port's id.
   */
  mac_address?: string;
  /**
   * IPv4 address, without leading zeros.
   */
  fixed_ip_address?: string;
  /**
   * IP addresses of the port if it has several, usually one of each subnet; replaces `fixed_ip_address`. SNAT uses the first one, unless `snat_ip_address` names another; the default route is the gateway of the last one's subnet, unless `default_route_subnet` names another. The network's other subnets are on-link.
   */
  fixed_ips?: GatewayFixedIps;
  /**
   * IPv4 address, without leading zeros.
   */
  snat_ip_address?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  default_route_subnet?: string;
  /**
   * true: traffic of instances without a floating IP leaves with the gateway's address.
   */
  enable_snat?: boolean;
}
/**
 * A router's port on a subnet.
 */
export interface RouterInterface {
  /**
   * UUID of the port. Default: derived from the names.
   */
  port_id?: string;
  /**
   * false: the router has no such port. The router still counts as the gateway of the subnet.
   */
  admin_state_up?: boolean;
  /**
   * MAC address of the port. Default: derived from the port's id.
   */
  mac_address?: string;
  /**
   * IPv4 address, without leading zeros.
   */
  fixed_ip_address?: string;
}
/**
 * A security group: which traffic may reach and leave its ports. Traffic that no rule of a port's groups allows is dropped; replies to allowed traffic pass.
 */
export interface SecurityGroup {
  /**
   * UUID of the group. Default: derived from the names.
   */
  id?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  renamed_from?: string;
  /**
   * false: replies need rules of their own, in each direction. A port is stateless if all its groups are.
   */
  stateful?: boolean;
  /**
   * true: the group has the rules that Neutron gives a new group: all egress is allowed over IPv4 and IPv6, and members of the group `default` may reach each other. false: it has none of them. DHCP and IPv6 neighbour discovery always pass, and ICMPv6 always leaves.
   */
  default_rules?: boolean;
  /**
   * Rules besides the default ones. Each allows traffic.
   */
  rules?: SecurityGroupRule[];
}
/**
 * A rule of a security group, as in the Neutron API. It allows traffic.
 */
export interface SecurityGroupRule {
  /**
   * ingress: to the instance; egress: from the instance.
   */
  direction: 'ingress' | 'egress';
  /**
   * IPv4 or IPv6 traffic.
   */
  ethertype?: 'IPv4' | 'IPv6';
  /**
   * The IP protocol, by name or number. Default: any.
   */
  protocol?: string | number;
  /**
   * First destination port; for icmp: the type.
   */
  port_range_min?: number;
  /**
   * Last destination port; for icmp: the code. Default for icmp: any code.
   */
  port_range_max?: number;
  /**
   * Addresses of the remote side. Default: any.
   */
  remote_ip_prefix?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  remote_group?: string;
}
/**
 * An instance (guest).
 */
export interface Instance {
  /**
   * UUID of the instance, which its metadata contains. Default: derived from the names.
   */
  id?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  renamed_from?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  node: string;
  /**
   * lab: the lab runs a stand-in for the guest; tap: netloom creates the tap, and a hypervisor runs the guest.
   */
  attach?: 'lab' | 'tap';
  /**
   * TCP ports that the stand-in of the lab answers on.
   */
  listen?: TcpPort[];
  /**
   * Ports of the instance. Keyed by the device's name in the guest.
   */
  ports?: {
    [k: string]: Port;
  };
  metadata?: Metadata;
}
/**
 * A port of an instance.
 */
export interface Port {
  /**
   * UUID of the port. Default: derived from the names.
   */
  id?: string;
  /**
   * Name of a network device: letters, digits, `_`, `.` and `-`, not beginning with `-`, not only digits and dots, and not `lo`, `all` or `default`; 15 characters at most.
   */
  renamed_from?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  network: string;
  /**
   * IPv4 address, without leading zeros.
   */
  fixed_ip_address?: string;
  /**
   * IP addresses of the port if it has several, of one or more subnets of its network; replaces `fixed_ip_address`. Expectations use the first one.
   */
  fixed_ips?: PortFixedIps;
  /**
   * false: no frame passes between the guest and the network.
   */
  admin_state_up?: boolean;
  /**
   * MAC address of the guest's device. Default: derived from the port's id.
   */
  mac_address?: string;
  /**
   * Name that the network's DHCP server resolves to the port's addresses and hands out to the guest. It has no effect under the default domain openstacklocal: set `dns_domain`. Default: host- and the address with dashes, one name for each address.
   */
  dns_name?: string;
  /**
   * DHCP options for this port alone; they override or complete those of its subnet.
   */
  extra_dhcp_opts?: ExtraDhcpOpt[];
  /**
   * Security groups of the port. An empty list: no group, so only DHCP and IPv6 neighbour discovery pass, and ICMPv6 leaves. Default: the group `default`.
   */
  security_groups?: GroupNames;
  /**
   * false: traffic is not filtered, neither by security groups nor against spoofed addresses. Default: that of the network.
   */
  port_security_enabled?: boolean;
  /**
   * Addresses that the port may use besides its own, for example the virtual address of VRRP or networks behind the guest.
   */
  allowed_address_pairs?: AddressPair[];
}
/**
 * A DHCP option of one port, as in the Neutron API.
 */
export interface ExtraDhcpOpt {
  /**
   * Name or number of the option. client-id: the client identifier by which the DHCP server recognises the guest.
   */
  opt_name: string;
  /**
   * Value of the option in the form of dnsmasq.
   */
  opt_value: string;
  /**
   * Only 4 is supported.
   */
  ip_version?: 4;
}
/**
 * An address or network that a port may use besides its own.
 */
export interface AddressPair {
  /**
   * The address or network.
   */
  ip_address: string;
  /**
   * MAC address that the address is used with. Default: the port's own.
   */
  mac_address?: string;
}
/**
 * Metadata that 169.254.169.254 serves to the guest, in the form cloud-init expects. Default: no metadata service for the guest.
 */
export interface Metadata {
  /**
   * Host name of the guest. Default: the instance's name in lower case, with `-` for `_`.
   */
  hostname?: string;
  /**
   * SSH public keys for the login. Keyed by the name of the key.
   */
  public_keys?: {
    [k: string]: SshPublicKey;
  };
  /**
   * User data as text, for example a #cloud-config; 64 kB at most.
   */
  user_data?: string;
  /**
   * Binary user data in base64; replaces `user_data`. 64 kB at most when decoded.
   */
  user_data_base64?: string;
  /**
   * Path of a file, relative to the folder of the file that names it: 1 to 1024 characters, not beginning with `/`.
   */
  user_data_file?: string;
}
/**
 * A floating IP.
 */
export interface FloatingIp {
  /**
   * UUID of the floating IP. Default: derived from the names.
   */
  id?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  renamed_from?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  floating_network: string;
  /**
   * IPv4 address, without leading zeros.
   */
  floating_ip_address?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  instance?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  network?: string;
  /**
   * Name of a network device: letters, digits, `_`, `.` and `-`, not beginning with `-`, not only digits and dots, and not `lo`, `all` or `default`; 15 characters at most.
   */
  port?: string;
  /**
   * IPv4 address, without leading zeros.
   */
  fixed_ip_address?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  router?: string;
  /**
   * Ports of the address that are forwarded to instances; replaces `instance`, `network`, `port` and `fixed_ip_address`. The router itself answers on all other ports.
   */
  port_forwardings?: PortForwardings;
}
/**
 * A port, or a range of ports, of a floating IP that is forwarded to an instance.
 */
export interface PortForwarding {
  /**
   * UUID of the port forwarding. Default: derived from the floating IP's name, the protocol and the external ports.
   */
  id?: string;
  /**
   * Protocol that is forwarded.
   */
  protocol: 'tcp' | 'udp';
  /**
   * Port.
   */
  external_port?: number;
  /**
   * Ports of the floating IP, first and last, such as 5000:5010.
   */
  external_port_range?: string;
  /**
   * Port.
   */
  internal_port?: number;
  /**
   * Ports of the instance, first and last: as many as the external range has, in the same order.
   */
  internal_port_range?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  instance?: string;
  /**
   * Name of a network device: letters, digits, `_`, `.` and `-`, not beginning with `-`, not only digits and dots, and not `lo`, `all` or `default`; 15 characters at most.
   */
  port?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  network?: string;
  /**
   * IPv4 address, without leading zeros.
   */
  internal_ip_address?: string;
}
/**
 * A host outside the cloud. Only the lab creates it.
 */
export interface Host {
  /**
   * NICs of the host. Keyed by device name.
   */
  nics?: {
    [k: string]: HostNic;
  };
  /**
   * Static routes of the host.
   */
  routes?: Route[];
  /**
   * TCP ports that the host answers on.
   */
  listen?: TcpPort[];
}
/**
 * A NIC of an outside host.
 */
export interface HostNic {
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  physical_network: string;
  /**
   * IPv4 addresses of the NIC with prefix length.
   */
  addresses?: Cidr[];
  /**
   * MAC address. Default: chosen by the lab.
   */
  mac_address?: string;
  /**
   * MTU of the NIC.
   */
  mtu?: number;
}
/**
 * One probe and its expected outcome.
 */
export interface Expectation {
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, not only digits and dots; 63 characters at most.
   */
  from: string;
  /**
   * The instance, host or IPv4 address that must answer, or must not.
   */
  to: string;
  /**
   * What is tested. ping: an ICMP echo; tcp: a connection; dns: the name server of `from` resolves `name` to the address of `to`.
   */
  protocol?: 'ping' | 'tcp' | 'dns';
  /**
   * Port.
   */
  port?: number;
  /**
   * Host name that is resolved, with or without its domain. Required for dns, and only allowed there.
   */
  name?: string;
  /**
   * true: an answer, for dns one with the address of `to`. false: no answer, or a refusal. refused: a refusal alone, that is a closed TCP port or an ICMP error of another host. What is expected to fail counts only if `from` has its address and reaches its next hop or a neighbour.
   */
  succeeds?: true | false | 'refused';
  /**
   * IPv4 address, without leading zeros.
   */
  seen_as?: string;
}
