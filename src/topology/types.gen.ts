// Generated from schemas/topology.schema.json by `npm run generate`. Do not edit.

/**
 * network: routers and DHCP may run here; compute: instances may.
 */
export type Role = 'network' | 'compute';
/**
 * How netloom reaches the node. Default: local.
 */
export type Reach = ReachLocal | ReachSsh | ReachLab;
/**
 * Name of a network device: 15 characters at most of letters, digits, `_`, `.` and `-`; not `lo`, `all`, `default`, and not digits and dots alone.
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
 * Port.
 */
export type TcpPort = number;
/**
 * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
 */
export type Name = string;
/**
 * SSH public key as in authorized_keys, in one line: type, key in base64, comment. 8192 characters at most.
 */
export type SshPublicKey = string;

/**
 * One network as netloom builds it: nodes, networks, routers, instances and floating IPs, in the words of the Neutron API.
 */
export interface Topology {
  /**
   * Name of the topology. It is the mark on everything netloom makes: two topologies on one node must differ in it.
   */
  name: string;
  /**
   * The Neutron generation whose rules are rendered: grizzly (the quantum- prefix, SNAT per CIDR), mitaka, or zed (the last ones with linuxbridge).
   */
  release?: 'grizzly' | 'mitaka' | 'zed';
  /**
   * Domain of the instances' names, which the DHCP servers resolve and hand out. Default: openstacklocal.
   */
  dns_domain?: string;
  /**
   * The wires: what a NIC is plugged into and networks run on. Keyed by name.
   */
  physical_networks?: {
    [k: string]: PhysicalNetwork;
  };
  /**
   * The machines netloom works on. Keyed by name.
   */
  nodes?: {
    [k: string]: Node;
  };
  /**
   * Address scopes as in the Neutron API: a router forwards between subnets of one scope without NAT, and between scopes only by NAT. Their order is the order of their marks: a new one belongs at the end. Keyed by name.
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
   * Routers: each is a namespace on one node. Keyed by name.
   */
  routers?: {
    [k: string]: Router;
  };
  /**
   * Security groups. The group `default` is always there, and holds the ports that name none; named here, it gets more rules. Keyed by name.
   */
  security_groups?: {
    [k: string]: SecurityGroup;
  };
  /**
   * Guests: what stands behind a tap on a compute node. Keyed by name.
   */
  instances?: {
    [k: string]: Instance;
  };
  /**
   * Floating IPs: external addresses that stand for an instance, or whose ports lead to instances. Their order in the file is the order of their rules. Keyed by name.
   */
  floating_ips?: {
    [k: string]: FloatingIp;
  };
  /**
   * Machines outside the cloud; only the lab has them. Keyed by name.
   */
  hosts?: {
    [k: string]: Host;
  };
  /**
   * What must be reachable and what must not; `netloom verify` tries each line.
   */
  expect?: Expectation[];
}
/**
 * A wire.
 */
export interface PhysicalNetwork {
  /**
   * Largest packet the wire carries. Networks on it must not ask for more.
   */
  mtu?: number;
}
/**
 * A machine netloom works on.
 */
export interface Node {
  /**
   * What may be placed on the node. Default: both.
   *
   * @minItems 1
   */
  roles?: Role[];
  reach?: Reach;
  /**
   * present: the topology runs here; absent: everything of the topology is removed from the node.
   */
  state?: 'present' | 'absent';
  /**
   * What carries the networks on the node: a Linux bridge for each network, or Open vSwitch with `br-int` and a bridge for each physical network.
   */
  mechanism?: 'linuxbridge' | 'openvswitch';
  /**
   * With openvswitch: the bridge of each physical network, not `br-int`, and no two the same. Keyed by physical network. Default: `br-` and the name of the NIC.
   */
  bridge_mappings?: {
    [k: string]: DeviceName;
  };
  /**
   * false: the node itself routes for the one router that is placed on it, with the router's devices, addresses, routes and rules in the node's own network namespace, as with Grizzly's use_namespaces = False. Only with openvswitch. DHCP servers keep their namespaces.
   */
  use_namespaces?: boolean;
  /**
   * The node's NICs that netloom may use. Keyed by device name.
   */
  nics?: {
    [k: string]: Nic;
  };
  /**
   * true: netloom sets net.bridge.bridge-nf-call-iptables and -ip6tables to 1 where instances are filtered; they hold for all bridges of the machine. false: it is an error where they are 0.
   */
  manage_bridge_netfilter?: boolean;
}
/**
 * The machine netloom runs on.
 */
export interface ReachLocal {
  /**
   * The machine netloom runs on.
   */
  via: 'local';
}
/**
 * A machine reached by the OpenSSH client and its configuration.
 */
export interface ReachSsh {
  /**
   * A machine reached by the OpenSSH client and its configuration.
   */
  via: 'ssh';
  /**
   * Host name, IPv4 address or Host alias of ssh_config.
   */
  host: string;
  /**
   * Login name. Default: what ssh_config says.
   */
  user?: string;
  /**
   * Port of the SSH server. Default: what ssh_config says.
   */
  port?: number;
  /**
   * Path of the private key. Default: what ssh_config and the agent say.
   */
  identity_file?: string;
}
/**
 * A node of the embedded lab.
 */
export interface ReachLab {
  /**
   * A node of the embedded lab.
   */
  via: 'lab';
}
/**
 * A NIC of a node.
 */
export interface Nic {
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  physical_network: string;
  /**
   * IPv4 addresses of the NIC, each with its prefix length. They move to the bridge when one takes the NIC.
   */
  addresses?: Cidr[];
  /**
   * MTU of the NIC.
   */
  mtu?: number;
  /**
   * MAC address. Only the lab uses it, to make the NIC.
   */
  mac_address?: string;
  /**
   * The NIC may hold a dynamic address or be under a network manager; netloom borrows it all the same.
   */
  allow_dynamic?: boolean;
}
/**
 * An address scope. All there is to say of it is which subnets are in it.
 */
export interface AddressScope {}
/**
 * A network.
 */
export interface Network {
  /**
   * UUID of the network. Default: derived from the names.
   */
  id?: string;
  /**
   * How the network is carried on its physical network. flat: untagged; vlan: with the tag `segmentation_id`, on nodes with openvswitch.
   */
  network_type?: 'flat' | 'vlan';
  /**
   * The VLAN tag of a network of type vlan.
   */
  segmentation_id?: number;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  physical_network: string;
  /**
   * Routers may have their gateway on it, and floating IPs come from it.
   */
  external?: boolean;
  /**
   * MTU of the network's ports. Default: what the physical network carries.
   */
  mtu?: number;
  /**
   * Domain of the names on this network. Default: the topology's `dns_domain`.
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
   * What holds for ports of instances that say nothing of it. false: they are not filtered.
   */
  port_security_enabled?: boolean;
}
/**
 * The network's DHCP port. Runs when a subnet has enable_dhcp.
 */
export interface Dhcp {
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
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
   * Address of the port. Default: the lowest free one of the pools.
   */
  fixed_ip_address?: string;
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
   * IPv4 address and prefix length, such as 10.0.0.0/24.
   */
  cidr: string;
  /**
   * Address of the default gateway; null for none. Default: the first address of the range. In an external network it may lie outside the range: it is then reached by an on-link route of its own.
   */
  gateway_ip?: string | null;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  address_scope?: string;
  /**
   * Ranges that addresses are taken from. Default: the whole subnet but its gateway.
   */
  allocation_pools?: AllocationPool[];
  /**
   * Whether the DHCP server answers for this subnet.
   */
  enable_dhcp?: boolean;
  /**
   * DNS servers handed out by DHCP, in order.
   */
  dns_nameservers?: Ipv4[];
  /**
   * Routes handed out by DHCP.
   */
  host_routes?: Route[];
}
/**
 * A range of addresses, both ends included.
 */
export interface AllocationPool {
  /**
   * First address of the range.
   */
  start: string;
  /**
   * Last address of the range.
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
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  node: string;
  external_gateway?: ExternalGateway;
  /**
   * The router's ports on subnets. Keyed by the subnet's name.
   */
  interfaces?: {
    [k: string]: RouterInterface;
  };
  /**
   * Static routes of the router.
   */
  routes?: Route[];
}
/**
 * The router's port on an external network.
 */
export interface ExternalGateway {
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
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
   * Addresses of the port where it has several, mostly one of each subnet; in place of `fixed_ip_address`. Traffic leaves with the first one, by the gateway of the last one's subnet. The network's other subnets are on the link.
   *
   * @minItems 1
   */
  fixed_ips?: Ipv4[];
  /**
   * Whether traffic without a floating IP leaves with the gateway's address.
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
   * MAC address of the port. Default: derived from the port's id.
   */
  mac_address?: string;
  /**
   * IPv4 address, without leading zeros.
   */
  fixed_ip_address?: string;
}
/**
 * A security group: what may reach the ports that are in it and what they may send. What no rule of a port's groups allows is dropped; answers to what was allowed pass.
 */
export interface SecurityGroup {
  /**
   * UUID of the group. Default: derived from the names.
   */
  id?: string;
  /**
   * false: answers are not let through by themselves, every direction takes a rule. A port is stateless when all its groups are.
   */
  stateful?: boolean;
  /**
   * The rules Neutron gives a new group: everything may leave, over IPv4 and IPv6, and in the group `default` its members may also reach each other. false: without them.
   */
  default_rules?: boolean;
  /**
   * What is allowed, beside the default rules.
   */
  rules?: SecurityGroupRule[];
}
/**
 * A rule of a security group, as in the Neutron API: it allows.
 */
export interface SecurityGroupRule {
  /**
   * ingress: into the instance; egress: out of it.
   */
  direction: 'ingress' | 'egress';
  /**
   * IPv4 or IPv6.
   */
  ethertype?: 'IPv4' | 'IPv6';
  /**
   * The IP protocol, by name or number. Default: any.
   */
  protocol?: string | number;
  /**
   * The first port, of the instance where direction is ingress, of the other side where it is egress. For icmp: the type.
   */
  port_range_min?: number;
  /**
   * The last port. For icmp: the code; without it, any.
   */
  port_range_max?: number;
  /**
   * The other side, by its addresses. Default: anybody.
   */
  remote_ip_prefix?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  remote_group?: string;
}
/**
 * A guest.
 */
export interface Instance {
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  node: string;
  /**
   * lab: the lab stands in for the guest; tap: netloom makes the tap, and somebody else (a hypervisor) the guest.
   */
  attach?: 'lab' | 'tap';
  /**
   * TCP ports the lab's stand-in answers on.
   */
  listen?: TcpPort[];
  /**
   * Ports of the instance. Keyed by the device's name inside the guest.
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
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  network: string;
  /**
   * IPv4 address, without leading zeros.
   */
  fixed_ip_address?: string;
  /**
   * Addresses of the port where it has several, of one subnet of its network or of more; in place of `fixed_ip_address`. The first is the one the instance is asked at.
   *
   * @minItems 1
   */
  fixed_ips?: Ipv4[];
  /**
   * MAC address of the guest's device. Default: derived from the port's id.
   */
  mac_address?: string;
  /**
   * Name the network's DHCP server resolves to the port's addresses and tells the guest. Default: host- and the address with dashes, for each address its own.
   */
  dns_name?: string;
  /**
   * DHCP options for this port alone, in place of or beside those of its subnet.
   */
  extra_dhcp_opts?: ExtraDhcpOpt[];
  /**
   * The security groups the port is in. Default: `default`, the group that is always there. An empty list: in none, so nothing but DHCP passes.
   */
  security_groups?: Name[];
  /**
   * false: nothing is filtered, neither by groups nor against forged addresses. Default: as its network says.
   */
  port_security_enabled?: boolean;
  /**
   * Addresses the port may use beside its own: that of a virtual router (VRRP), those of what is behind it.
   */
  allowed_address_pairs?: AddressPair[];
}
/**
 * A DHCP option of one port, as in the Neutron API.
 */
export interface ExtraDhcpOpt {
  /**
   * Which option: its name or number. client-id says by which client identifier the port's guest is known.
   */
  opt_name: string;
  /**
   * The option's value, as dnsmasq takes it.
   */
  opt_value: string;
  /**
   * Only 4, as everything here.
   */
  ip_version?: 4;
}
/**
 * An address, or a network, that a port may use beside its own.
 */
export interface AddressPair {
  /**
   * The address or network.
   */
  ip_address: string;
  /**
   * The MAC it is used with. Default: the port's own.
   */
  mac_address?: string;
}
/**
 * What 169.254.169.254 tells the guest of itself, as cloud-init asks for it. Without it the guest gets no metadata.
 */
export interface Metadata {
  /**
   * Host name of the guest. Default: the instance's name in lower case, with `-` for `_`.
   */
  hostname?: string;
  /**
   * SSH public keys that may log in. Keyed by the key's name.
   */
  public_keys?: {
    [k: string]: SshPublicKey;
  };
  /**
   * User data as text, for example a #cloud-config; 64 kB at most.
   */
  user_data?: string;
  /**
   * User data as base64, in place of `user_data`, for what is no text; 64 kB at most when decoded.
   */
  user_data_base64?: string;
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
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  floating_network: string;
  /**
   * IPv4 address, without leading zeros.
   */
  floating_ip_address?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  instance?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  network?: string;
  /**
   * Name of a network device: 15 characters at most of letters, digits, `_`, `.` and `-`; not `lo`, `all`, `default`, and not digits and dots alone.
   */
  port?: string;
  /**
   * IPv4 address, without leading zeros.
   */
  fixed_ip_address?: string;
  /**
   * Ports of the address that lead to ports of instances. In place of `instance`, `network`, `port` and `fixed_ip_address`: what is not forwarded, the router answers itself.
   *
   * @minItems 1
   */
  port_forwardings?: PortForwarding[];
}
/**
 * A port of a floating IP, or a range of ports, that leads to an instance.
 */
export interface PortForwarding {
  /**
   * UUID of the port forwarding. Default: derived from the floating IP's name, the protocol and the external ports.
   */
  id?: string;
  /**
   * What is forwarded.
   */
  protocol: 'tcp' | 'udp';
  /**
   * Port.
   */
  external_port?: number;
  /**
   * The ports of the floating IP, first and last, such as 5000:5010.
   */
  external_port_range?: string;
  /**
   * Port.
   */
  internal_port?: number;
  /**
   * The ports of the instance, first and last: as many as outside, and in the same order.
   */
  internal_port_range?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  instance?: string;
  /**
   * Name of a network device: 15 characters at most of letters, digits, `_`, `.` and `-`; not `lo`, `all`, `default`, and not digits and dots alone.
   */
  port?: string;
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  network?: string;
  /**
   * IPv4 address, without leading zeros.
   */
  internal_ip_address?: string;
}
/**
 * A machine outside the cloud; only the lab has it.
 */
export interface Host {
  /**
   * NICs of the machine. Keyed by device name.
   */
  nics?: {
    [k: string]: HostNic;
  };
  /**
   * Static routes of the machine.
   */
  routes?: Route[];
  /**
   * TCP ports it answers on.
   */
  listen?: TcpPort[];
}
/**
 * A NIC of an outside machine.
 */
export interface HostNic {
  /**
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  physical_network: string;
  /**
   * IPv4 addresses of the NIC, each with its prefix length.
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
   * Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.
   */
  from: string;
  /**
   * The instance, host or IPv4 address that is asked.
   */
  to: string;
  /**
   * What is sent. With dns, `from` asks the name server it was told for `name`, and expects the address of `to`.
   */
  protocol?: 'ping' | 'tcp' | 'dns';
  /**
   * Port.
   */
  port?: number;
  /**
   * Host name that is asked for, with or without its domain. Needed for dns, and only there.
   */
  name?: string;
  /**
   * Whether an answer is expected; of dns, one with the address of `to`.
   */
  succeeds?: boolean;
  /**
   * IPv4 address, without leading zeros.
   */
  seen_as?: string;
}
