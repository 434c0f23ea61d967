import type { Family } from './family.ts';

export const REFERENCES = {
  title: 'References',
  codes: {
    NL201: ['error', 'The file does not declare this physical network.'],
    NL202: ['error', 'The file does not declare this network.'],
    NL203: ['error', 'No network of the file has this subnet.'],
    NL204: ['error', 'The file does not declare this node.'],
    NL205: ['error', 'The file does not declare this instance.'],
    NL206: ['error', 'The instance has no such port, or no port at all.'],
    NL207: ['error', 'An expectation names neither an instance nor a host of the file.'],
    NL220: ['error', 'The file does not declare this address scope.'],
    NL221: ['error', 'The file does not declare this security group.'],
    NL680: ['error', 'The file does not declare this router.'],
  },
} as const satisfies Family;

export const PLACEMENT = {
  title: 'Placement',
  codes: {
    NL301: ['error', 'A node has no NIC on a physical network that it must serve.'],
    NL302: ['error', 'Two NICs of one node are on the same physical network.'],
    NL303: ['error', 'Two flat networks are on the same physical network.'],
    NL304: ['error', 'An object is placed on a node whose state is `absent`.'],
    NL305: ['error', 'An object is placed on a node without the role that it needs.'],
    NL306: ['error', 'No node can run the DHCP server of a network.'],
    NL307: ['error', 'A router has its external gateway on a network that is not external.'],
    NL308: ['error', 'An external network has no subnet.'],
    NL309: ['error', 'More ports would be on one bridge than the kernel allows.'],
    NL310: ['error', 'An MTU is larger than that of the physical network or of a NIC that carries it.'],
    NL311: ['error', 'A floating IP is on a network that is not external.'],
    NL312: ['error', 'No router connects a floating IP with its target.'],
    NL313: ['error', 'An instance has several ports, and a floating IP does not select one.'],
    NL314: ['error', 'Two floating IPs of one external network map to one fixed address.'],
    NL315: ['error', 'A port is on a network without a subnet, so it can have no address.'],
    NL316: ['warning', 'A network has a DHCP port, and none of its subnets enables DHCP.'],
    NL317: ['error', 'Two nodes have the same connection settings, so they are the same host.'],
    NL318: ['error', 'A floating IP names neither an instance nor a network with an address, or it names both.'],
    NL319: ['error', 'A floating IP has a target of its own and port forwardings.'],
    NL320: ['error', 'A port forwarding leaves out one of its two ports, or sets it twice.'],
    NL321: ['error', 'A range of ports ends before it starts, or differs in length from the other one.'],
    NL322: ['error', 'Two port forwardings of a floating IP have the same port.'],
    NL323: ['error', 'The port forwardings of one floating IP go through several routers.'],
    NL330: ['error', 'The subnets of one network are in different address scopes.'],
    NL331: ['error', 'The `release` of the file has no address scopes.'],
    NL340: ['error', 'A port of a VLAN network is on a node whose mechanism supports only flat networks.'],
    NL341: ['error', 'A network has a `segmentation_id` and is not of type `vlan`.'],
    NL342: ['error', 'A network of type `vlan` has no `segmentation_id`.'],
    NL343: ['error', 'Two networks have the same VLAN on one physical network.'],
    NL344: ['error', 'A node has `bridge_mappings`, and its mechanism is not `openvswitch`.'],
    NL345: ['error', 'A bridge mapping names a physical network that the node has no NIC on.'],
    NL346: ['error', 'A bridge for a physical network has a name that Open vSwitch uses itself.'],
    NL347: ['error', 'The name of a bridge would be longer than the kernel allows.'],
    NL348: ['error', 'Two physical networks of a node have the same bridge.'],
    NL350: ['error', 'A node with Linux bridges has `use_namespaces: false`.'],
    NL351: ['error', 'Two routers are on one node without namespaces.'],
    NL352: ['error', 'A router without a namespace is on a network in which its node itself has an address.'],
    NL681: ['error', 'The router that a floating IP names does not connect it with its target.'],
    NL682: ['warning', 'Several routers could translate a floating IP, and only the order of the file decides.'],
  },
} as const satisfies Family;

export const ADDRESSES = {
  title: 'Addresses and routes',
  codes: {
    NL401: ['error', 'A CIDR that is a network has host bits set.'],
    NL402: ['error', 'The prefix length of a subnet leaves no room for its hosts.'],
    NL403: ['error', 'Two subnets of one network overlap.'],
    NL404: ['error', 'Two subnets of one router overlap.'],
    NL405: ['error', 'An address is in none of the subnets of its network.'],
    NL406: ['error', 'A host has the network address or the broadcast address of its subnet.'],
    NL407: ['error', 'Two ports or NICs of one network have the same address.'],
    NL408: ['error', 'The gateway is outside its subnet, and the network is not external.'],
    NL409: ['error', 'An allocation pool ends before it starts.'],
    NL410: ['error', 'An allocation pool reaches outside its subnet.'],
    NL411: ['error', 'Two allocation pools of one subnet overlap.'],
    NL412: ['error', 'An allocation pool holds the gateway of its subnet.'],
    NL413: ['error', 'A next hop cannot be reached directly, or is the router itself.'],
    NL414: ['error', 'A router interface has no address, and its subnet has no gateway address to use.'],
    NL415: ['error', 'An address or a range is reserved: loopback, multicast and the like.'],
    NL416: ['error', 'A route is there twice, or an outside host has two routes to one destination.'],
    NL417: ['error', 'A floating IP names a fixed address that its port does not have.'],
    NL418: ['error', 'A port has several addresses, and a floating IP does not select one.'],
    NL430: ['error', '`fixed_ip_address` and `fixed_ips` are both set.'],
    NL431: ['error', 'Two subnets of one address scope overlap.'],
    NL650: ['error', 'A next hop is the network address or the broadcast address of its network.'],
    NL651: ['error', 'A next hop is in a network that the router itself reaches through a next hop.'],
    NL652: ['error', 'A route leads to a network, or to a gateway, that is directly connected.'],
    NL653: ['error', 'The gateway of an external subnet is in a subnet behind the router.'],
    NL654: ['warning', 'A host route leads to the subnet itself.'],
    NL625: ['error', 'Two addresses of a DHCP port are in one subnet.'],
    NL626: ['warning', 'An address of a DHCP port has no effect, because its subnet has no DHCP.'],
    NL630: ['warning', 'An address pair or the prefix of a rule has host bits set.'],
    NL631: ['warning', 'A host route to 0.0.0.0/0 has no effect, because the subnet has a gateway.'],
    NL683: ['error', 'The `snat_ip_address` of a gateway is not one of its addresses.'],
    NL684: [
      'error',
      'The `default_route_subnet` of a gateway is no subnet of its network, or its gateway cannot be reached.',
    ],
    NL685: ['warning', 'A field of a gateway has no effect beside another one.'],
  },
} as const satisfies Family;

export const IDENTITY = {
  title: 'Names and ids',
  codes: {
    NL501: ['error', 'Two ports of one network, or two NICs that meet, have the same MAC address.'],
    NL502: ['error', 'Two objects have the same id.'],
    NL503: ['error', 'Two devices would have the same name.'],
    NL504: ['error', 'Two nodes, instances or hosts have the same name; they share one set of names.'],
    NL505: ['error', 'Two networks have a subnet of the same name.'],
    NL620: ['error', 'An entry is renamed from its own key.'],
    NL621: ['error', 'An entry is renamed from a key that still exists.'],
    NL622: ['error', 'Two entries are renamed from the same key.'],
  },
} as const satisfies Family;

export const EXPECTATIONS = {
  title: 'Expectations',
  codes: {
    NL601: ['error', 'The source of an expectation is not an instance or a host that runs in the lab.'],
    NL602: ['error', 'A TCP expectation has no port.'],
    NL603: ['error', 'A ping or DNS expectation has a port.'],
    NL604: ['error', 'An expectation has `seen_as` and expects no answer.'],
    NL605: ['warning', 'An expectation expects an answer from a port on which nothing listens.'],
    NL606: ['error', 'A DNS expectation has no name to resolve.'],
    NL607: ['error', 'An expectation has a name and is no DNS expectation.'],
    NL608: ['error', 'The source of a DNS expectation gets no name server.'],
    NL632: ['error', 'A DNS expectation has `succeeds: refused`.'],
  },
} as const satisfies Family;

export const METADATA = {
  title: 'Metadata',
  codes: {
    NL701: ['error', 'An instance has more than one of `user_data`, `user_data_base64` and `user_data_file`.'],
    NL702: ['error', '`user_data_base64` is not base64.'],
    NL703: ['error', 'The user data of an instance is too large.'],
    NL704: ['warning', 'The networks of an instance have neither a router nor DHCP, so its metadata is out of reach.'],
  },
} as const satisfies Family;

export const DHCP = {
  title: 'DHCP and DNS',
  codes: {
    NL670: ['warning', 'A DNS name has no effect, because its network has no DNS domain of its own.'],
    NL721: ['error', 'A DHCP option for addresses has another value.'],
    NL722: ['error', 'A client identifier has a form that dnsmasq cannot match.'],
    NL723: ['error', 'A port has one DHCP option twice.'],
    NL724: ['error', 'Two ports of one network have the same DNS name.'],
  },
} as const satisfies Family;

export const SECURITY_GROUPS = {
  title: 'Security groups',
  codes: {
    NL731: ['error', 'A port that is not filtered has security groups or allowed address pairs.'],
    NL732: ['error', 'The ports of a rule are not a range, or its protocol has no ports.'],
    NL733: ['error', 'The range of ports of a rule ends before it starts or has a number out of range.'],
    NL734: ['error', 'A rule has both a prefix and a remote group.'],
    NL735: ['error', 'The IP versions of a rule and its prefix differ.'],
    NL736: ['error', 'A rule for IPv4 has a protocol of IPv6.'],
    NL737: ['error', 'A security group has the same rule twice.'],
    NL738: ['error', 'A value is not an IPv6 address or network.'],
    NL686: ['warning', 'A rule is a default rule of its group.'],
    NL739: ['warning', 'An egress rule has no effect, because the default rules allow all egress.'],
  },
} as const satisfies Family;
