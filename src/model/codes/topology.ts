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
  },
} as const satisfies Family;

export const PLACEMENT = {
  title: 'Placement',
  codes: {
    NL301: ['error', 'A node has no NIC on a physical network that it must serve.'],
    NL302: ['error', 'Two NICs of one node are on the same physical network.'],
    NL303: ['error', 'Two flat networks are on the same physical network.'],
    NL304: ['error', 'Something is placed on a node whose state is `absent`.'],
    NL305: ['error', 'Something is placed on a node without the role that it needs.'],
    NL306: ['error', 'No node can run the DHCP server of a network.'],
    NL307: ['error', 'A router has its external gateway on a network that is not external.'],
    NL308: ['error', 'An external network has no subnet.'],
    NL309: ['error', 'More ports would be on one bridge than the kernel allows.'],
    NL310: ['error', 'An MTU is larger than that of the physical network or of a NIC that carries it.'],
    NL311: ['error', 'A floating IP is on a network that is not external.'],
    NL312: ['error', 'No router connects a floating IP with its target.'],
    NL313: ['error', 'An instance has several ports, and a floating IP does not say which one it stands for.'],
    NL314: ['error', 'Two floating IPs stand for one fixed address through the same router.'],
    NL315: ['error', 'A port is on a network without a subnet, so it can have no address.'],
    NL316: ['warning', 'A network has a DHCP port, and none of its subnets enables DHCP.'],
    NL317: ['error', 'Two nodes are reached in the same way, so they are the same machine.'],
    NL318: ['error', 'A floating IP names neither an instance nor a network with an address, or it names both.'],
    NL319: ['error', 'A floating IP has a target of its own and port forwardings.'],
    NL320: ['error', 'A port forwarding leaves out one of its two ports, or gives it twice.'],
    NL321: ['error', 'A range of ports ends before it starts, or is not as long as the other one.'],
    NL322: ['error', 'Two port forwardings of a floating IP have the same port.'],
    NL323: ['error', 'The port forwardings of one floating IP lead through several routers.'],
    NL330: ['error', 'The subnets of one network are in different address scopes.'],
    NL331: ['error', 'The release that the file names has no address scopes.'],
    NL340: ['error', 'A port of a VLAN network is on a node whose mechanism carries flat networks only.'],
    NL341: ['error', 'A network has a `segmentation_id` and is not of type `vlan`.'],
    NL342: ['error', 'A network of type `vlan` has no `segmentation_id`.'],
    NL343: ['error', 'Two networks have the same VLAN on one physical network.'],
    NL344: ['error', 'A node has `bridge_mappings`, and its mechanism is not `openvswitch`.'],
    NL345: ['error', 'A bridge mapping names a physical network that the node has no NIC on.'],
    NL346: ['error', 'A bridge for a physical network has a name that Open vSwitch itself needs.'],
    NL347: ['error', 'The name of a bridge would be longer than the kernel takes.'],
    NL348: ['error', 'Two physical networks of a node have the same bridge.'],
    NL350: ['error', 'A node with Linux bridges has `use_namespaces: false`.'],
    NL351: ['error', 'Two routers are on one node without namespaces.'],
    NL352: ['error', 'A router without a namespace is on a network that its node itself has an address in.'],
  },
} as const satisfies Family;

export const ADDRESSES = {
  title: 'Addresses and routes',
  codes: {
    NL401: ['error', 'A CIDR that stands for a range has host bits set.'],
    NL402: ['error', 'The prefix length of a subnet leaves no room for hosts.'],
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
    NL414: ['error', 'A router interface has no address, and its subnet has no gateway that it could take.'],
    NL415: ['error', 'An address or a range is reserved: loopback, multicast and the like.'],
    NL416: ['error', 'A routing table has two routes to one destination.'],
    NL417: ['error', 'A floating IP names a fixed address that its port does not have.'],
    NL418: ['error', 'A port has several addresses, and a floating IP does not say which one it stands for.'],
    NL430: ['error', '`fixed_ip_address` stands beside `fixed_ips`.'],
    NL431: ['error', 'Two subnets of one address scope overlap.'],
  },
} as const satisfies Family;

export const IDENTITY = {
  title: 'Names and ids',
  codes: {
    NL501: ['error', 'Two devices have the same MAC address.'],
    NL502: ['error', 'Two objects have the same id.'],
    NL503: ['error', 'Two devices would have the same name.'],
    NL504: ['error', 'Nodes, instances and hosts share one set of names, and two of them have the same one.'],
    NL505: ['error', 'Two networks have a subnet of the same name.'],
  },
} as const satisfies Family;

export const EXPECTATIONS = {
  title: 'Expectations',
  codes: {
    NL601: ['error', 'The machine that an expectation asks from cannot be made to ask.'],
    NL602: ['error', 'An expectation over TCP has no port.'],
    NL603: ['error', 'An expectation of a ping or of a name has a port.'],
    NL604: ['error', 'An expectation says how it is seen, and expects no answer.'],
    NL605: ['warning', 'An expectation asks for an answer from a port that nothing listens on.'],
    NL606: ['error', 'An expectation over DNS has no name to ask for.'],
    NL607: ['error', 'An expectation has a name and does not ask for one.'],
    NL608: ['error', 'No name server is told to the machine that an expectation over DNS asks from.'],
  },
} as const satisfies Family;

export const METADATA = {
  title: 'Metadata',
  codes: {
    NL701: ['error', 'An instance has both `user_data` and `user_data_base64`.'],
    NL702: ['error', '`user_data_base64` is not base64.'],
    NL703: ['error', 'The user data of an instance is too large.'],
    NL704: ['warning', 'The networks of an instance have neither a router nor DHCP, so its metadata is out of reach.'],
  },
} as const satisfies Family;

export const DHCP = {
  title: 'DHCP and DNS',
  codes: {
    NL721: ['error', 'A DHCP option that takes addresses has another value.'],
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
    NL735: ['error', 'The prefix of a rule is of the other IP version than the rule.'],
    NL736: ['error', 'A rule for IPv4 has a protocol of IPv6.'],
    NL737: ['error', 'A security group has the same rule twice.'],
    NL738: ['error', 'A text that stands for an IPv6 address or network is neither.'],
    NL739: ['warning', 'An egress rule has no effect beside the default rules, which let everything out.'],
  },
} as const satisfies Family;
