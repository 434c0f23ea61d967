// Generated from schemas/topology.schema.json by `npm run generate`. Do not edit.
/* eslint-disable */
// @ts-nocheck
export const validate = validate20;
const schema31 = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:netloom:schema:topology',
  title: 'Topology',
  type: 'object',
  description:
    'One network as netloom builds it: nodes, networks, routers, instances and floating IPs, in the words of the Neutron API.',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: {
      $ref: '#/$defs/topology_name',
      description:
        'Name of the topology. It is the mark on everything netloom makes: two topologies on one node must differ in it.',
    },
    release: {
      type: 'string',
      description:
        'The Neutron generation whose rules are rendered: grizzly (the quantum- prefix, SNAT per CIDR), mitaka, or zed (the last ones with linuxbridge).',
      enum: ['grizzly', 'mitaka', 'zed'],
      default: 'zed',
    },
    dns_domain: {
      $ref: '#/$defs/dns_domain',
      description:
        "Domain of the instances' names, which the DHCP servers resolve and hand out. Default: openstacklocal.",
    },
    physical_networks: {
      type: 'object',
      description: 'The wires: what a NIC is plugged into and networks run on. Keyed by name.',
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: { $ref: '#/$defs/physical_network' },
    },
    nodes: {
      type: 'object',
      description: 'The machines netloom works on. Keyed by name.',
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: { $ref: '#/$defs/node' },
    },
    address_scopes: {
      type: 'object',
      description:
        'Address scopes as in the Neutron API: a router forwards between subnets of one scope without NAT, and between scopes only by NAT. Their order is the order of their marks: a new one belongs at the end. Keyed by name.',
      propertyNames: { $ref: '#/$defs/name' },
      maxProperties: 1023,
      additionalProperties: { $ref: '#/$defs/address_scope' },
    },
    networks: {
      type: 'object',
      description: 'Networks as in the Neutron API. Keyed by name.',
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: { $ref: '#/$defs/network' },
    },
    routers: {
      type: 'object',
      description: 'Routers: each is a namespace on one node. Keyed by name.',
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: { $ref: '#/$defs/router' },
    },
    security_groups: {
      type: 'object',
      description:
        'Security groups. The group `default` is always there, and holds the ports that name none; named here, it gets more rules. Keyed by name.',
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: { $ref: '#/$defs/security_group' },
    },
    instances: {
      type: 'object',
      description: 'Guests: what stands behind a tap on a compute node. Keyed by name.',
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: { $ref: '#/$defs/instance' },
    },
    floating_ips: {
      type: 'object',
      description:
        'Floating IPs: external addresses that stand for an instance, or whose ports lead to instances. Their order in the file is the order of their rules. Keyed by name.',
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: { $ref: '#/$defs/floating_ip' },
    },
    hosts: {
      type: 'object',
      description: 'Machines outside the cloud; only the lab has them. Keyed by name.',
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: { $ref: '#/$defs/host' },
    },
    expect: {
      type: 'array',
      description: 'What must be reachable and what must not; `netloom verify` tries each line.',
      items: { $ref: '#/$defs/expectation' },
    },
  },
  $defs: {
    topology_name: {
      type: 'string',
      description: 'Lower-case letters, digits and dashes; 19 characters at most.',
      pattern: '^[a-z0-9][a-z0-9-]{0,18}$',
    },
    name: {
      type: 'string',
      description:
        'Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.',
      pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$',
    },
    device_name: {
      type: 'string',
      description:
        'Name of a network device: 15 characters at most of letters, digits, `_`, `.` and `-`; not `lo`, `all`, `default`, and not digits and dots alone.',
      pattern: '^(?!(?:[0-9.]+|all|default|lo)$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,14}$',
    },
    ipv4: {
      type: 'string',
      description: 'IPv4 address, without leading zeros.',
      pattern: '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
    },
    ipv4_or_null: {
      type: ['string', 'null'],
      description: 'IPv4 address, without leading zeros, or null for none.',
      pattern: '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
    },
    cidr: {
      type: 'string',
      description: 'IPv4 address and prefix length, such as 10.0.0.0/24.',
      pattern:
        '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(?:3[0-2]|[12]?[0-9])$',
    },
    mac: {
      type: 'string',
      description: 'Unicast MAC address in lower case, such as fa:16:3e:12:34:56.',
      pattern: '^(?!00:00:00:00:00:00$)[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$',
    },
    uuid: {
      type: 'string',
      description: 'UUID in lower case, such as 30acf3ad-b938-49cd-9fb1-81cb35559e23.',
      pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    },
    dns_domain: {
      type: 'string',
      description:
        'DNS domain in lower case: labels of letters, digits and dashes with dots between them, 189 characters at most, without a dot at the end.',
      pattern: '^(?=.{1,189}$)(?!-)[a-z0-9-]{1,63}(?<!-)(?:\\.(?!-)[a-z0-9-]{1,63}(?<!-))*$',
    },
    dns_label: {
      type: 'string',
      description:
        'One label of a DNS name: lower-case letters, digits and dashes, not only digits, and not one of the names host-10-0-0-1 that ports without a name have.',
      pattern: '^(?!host(?:-[0-9]{1,3}){4}$)(?![0-9]+$)(?!-)[a-z0-9-]{1,63}(?<!-)$',
    },
    dhcp_opt_name: {
      type: 'string',
      description:
        'DHCP option as dnsmasq names it (`dnsmasq --help dhcp` lists them), or its number from 1 to 254. With `tag:ipxe,` or `tag:!ipxe,` before it, only for clients that are iPXE or are not.',
      pattern:
        '^(?:tag:!?ipxe,)?(?:[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-4]|netmask|time-offset|router|dns-server|log-server|lpr-server|boot-file-size|domain-name|swap-server|root-path|extension-path|ip-forward-enable|non-local-source-routing|policy-filter|max-datagram-reassembly|default-ttl|mtu|all-subnets-local|router-discovery|router-solicitation|static-route|trailer-encapsulation|arp-timeout|ethernet-encap|tcp-ttl|tcp-keepalive|nis-domain|nis-server|ntp-server|netbios-ns|netbios-dd|netbios-nodetype|netbios-scope|x-windows-fs|x-windows-dm|T1|T2|vendor-class|client-id|nis\\+-domain|nis\\+-server|tftp-server|bootfile-name|mobile-ip-home|smtp-server|pop3-server|nntp-server|irc-server|user-class|client-arch|posix-timezone|tzdb-timezone|domain-search|sip-server|classless-static-route|tftp-server-address|server-ip-address)$',
    },
    dhcp_opt_value: {
      type: 'string',
      description:
        'Value of a DHCP option: letters, digits and `_ . / : ~ + @ = , ? & -`, not beginning with `-`; 255 characters at most. Commas stand between several values.',
      pattern: '^[A-Za-z0-9_./:~+@=,?&][A-Za-z0-9_./:~+@=,?&-]{0,254}$',
    },
    target: {
      type: 'string',
      description: 'Name of an instance or host, or an IPv4 address.',
      pattern:
        '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62})$',
    },
    hostname: {
      type: 'string',
      description: 'Host name: labels of letters, digits and `-` with dots between them, 253 characters at most.',
      pattern:
        '^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$',
    },
    key_name: {
      type: 'string',
      description:
        'Name of an SSH key: letters, digits, spaces and `_ . @ + -`, beginning with a letter or digit, 255 characters at most.',
      pattern: '^[A-Za-z0-9][A-Za-z0-9 _.@+-]{0,254}$',
    },
    ssh_public_key: {
      type: 'string',
      description:
        'SSH public key as in authorized_keys, in one line: type, key in base64, comment. 8192 characters at most.',
      pattern:
        '^(?=.{1,8192}$)(?:ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,3}(?: [^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*)?$',
    },
    ssh_host: {
      type: 'string',
      description: 'Host name, IPv4 address or Host alias of ssh_config.',
      pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$',
    },
    ssh_user: { type: 'string', description: 'Login name.', pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,31}$' },
    ssh_identity_file: {
      type: 'string',
      description: 'Path of a private key: letters, digits and `/ . _ ~ + @ = , -`, not beginning with `-`.',
      pattern: '^[A-Za-z0-9_./~][A-Za-z0-9_./~+@=,-]{0,1023}$',
    },
    mtu: { type: 'integer', description: 'Largest packet in bytes.', minimum: 68, maximum: 65535 },
    tcp_port: { type: 'integer', description: 'Port.', minimum: 1, maximum: 65535 },
    port_range: {
      type: 'string',
      description: 'A first and a last port, such as 5000:5010.',
      pattern:
        '^(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}):(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})$',
    },
    role: {
      type: 'string',
      description: 'network: routers and DHCP may run here; compute: instances may.',
      enum: ['network', 'compute'],
    },
    physical_network: {
      type: 'object',
      description: 'A wire.',
      additionalProperties: false,
      properties: {
        mtu: {
          $ref: '#/$defs/mtu',
          description: 'Largest packet the wire carries. Networks on it must not ask for more.',
        },
      },
    },
    node: {
      type: 'object',
      description: 'A machine netloom works on.',
      additionalProperties: false,
      properties: {
        roles: {
          type: 'array',
          description: 'What may be placed on the node. Default: both.',
          items: { $ref: '#/$defs/role' },
          minItems: 1,
          default: ['network', 'compute'],
        },
        reach: { $ref: '#/$defs/reach', description: 'How netloom reaches the node. Default: local.' },
        state: {
          type: 'string',
          description: 'present: the topology runs here; absent: everything of the topology is removed from the node.',
          enum: ['present', 'absent'],
          default: 'present',
        },
        mechanism: {
          type: 'string',
          description:
            'What carries the networks on the node: a Linux bridge for each network, or Open vSwitch with `br-int` and a bridge for each physical network.',
          enum: ['linuxbridge', 'openvswitch'],
          default: 'linuxbridge',
        },
        bridge_mappings: {
          type: 'object',
          description:
            'With openvswitch: the bridge of each physical network, not `br-int`, and no two the same. Keyed by physical network. Default: `br-` and the name of the NIC.',
          propertyNames: { $ref: '#/$defs/name' },
          additionalProperties: { $ref: '#/$defs/device_name' },
        },
        use_namespaces: {
          type: 'boolean',
          description:
            "false: the node itself routes for the one router that is placed on it, with the router's devices, addresses, routes and rules in the node's own network namespace, as with Grizzly's use_namespaces = False. Only with openvswitch. DHCP servers keep their namespaces.",
          default: true,
        },
        nics: {
          type: 'object',
          description: "The node's NICs that netloom may use. Keyed by device name.",
          propertyNames: { $ref: '#/$defs/device_name' },
          additionalProperties: { $ref: '#/$defs/nic' },
        },
        manage_bridge_netfilter: {
          type: 'boolean',
          description:
            'true: netloom sets net.bridge.bridge-nf-call-iptables and -ip6tables to 1 where instances are filtered; they hold for all bridges of the machine. false: it is an error where they are 0.',
          default: false,
        },
      },
    },
    reach: {
      type: 'object',
      description: 'How netloom reaches a node.',
      discriminator: { propertyName: 'via' },
      oneOf: [{ $ref: '#/$defs/reach_local' }, { $ref: '#/$defs/reach_ssh' }, { $ref: '#/$defs/reach_lab' }],
    },
    reach_local: {
      type: 'object',
      description: 'The machine netloom runs on.',
      additionalProperties: false,
      required: ['via'],
      properties: { via: { type: 'string', const: 'local', description: 'The machine netloom runs on.' } },
    },
    reach_ssh: {
      type: 'object',
      description: 'A machine reached by the OpenSSH client and its configuration.',
      additionalProperties: false,
      required: ['via', 'host'],
      properties: {
        via: {
          type: 'string',
          const: 'ssh',
          description: 'A machine reached by the OpenSSH client and its configuration.',
        },
        host: { $ref: '#/$defs/ssh_host', description: 'Host name, IPv4 address or Host alias of ssh_config.' },
        user: { $ref: '#/$defs/ssh_user', description: 'Login name. Default: what ssh_config says.' },
        port: { $ref: '#/$defs/tcp_port', description: 'Port of the SSH server. Default: what ssh_config says.' },
        identity_file: {
          $ref: '#/$defs/ssh_identity_file',
          description: 'Path of the private key. Default: what ssh_config and the agent say.',
        },
      },
    },
    reach_lab: {
      type: 'object',
      description: 'A node of the embedded lab.',
      additionalProperties: false,
      required: ['via'],
      properties: { via: { type: 'string', const: 'lab', description: 'A node of the embedded lab.' } },
    },
    nic: {
      type: 'object',
      description: 'A NIC of a node.',
      additionalProperties: false,
      required: ['physical_network'],
      properties: {
        physical_network: { $ref: '#/$defs/name', description: 'The physical network the NIC is plugged into.' },
        addresses: {
          type: 'array',
          description:
            'IPv4 addresses of the NIC, each with its prefix length. They move to the bridge when one takes the NIC.',
          items: { $ref: '#/$defs/cidr' },
        },
        mtu: { $ref: '#/$defs/mtu', description: 'MTU of the NIC.' },
        mac_address: { $ref: '#/$defs/mac', description: 'MAC address. Only the lab uses it, to make the NIC.' },
        allow_dynamic: {
          type: 'boolean',
          description:
            'The NIC may hold a dynamic address or be under a network manager; netloom borrows it all the same.',
          default: false,
        },
      },
    },
    network: {
      type: 'object',
      description: 'A network.',
      additionalProperties: false,
      required: ['physical_network'],
      properties: {
        id: { $ref: '#/$defs/uuid', description: 'UUID of the network. Default: derived from the names.' },
        network_type: {
          type: 'string',
          description:
            'How the network is carried on its physical network. flat: untagged; vlan: with the tag `segmentation_id`, on nodes with openvswitch.',
          enum: ['flat', 'vlan'],
          default: 'flat',
        },
        segmentation_id: {
          type: 'integer',
          description: 'The VLAN tag of a network of type vlan.',
          minimum: 1,
          maximum: 4094,
        },
        physical_network: {
          $ref: '#/$defs/name',
          description:
            'The physical network it runs on. A physical network carries one flat network, and any number with different VLAN tags.',
        },
        external: {
          type: 'boolean',
          description: 'Routers may have their gateway on it, and floating IPs come from it.',
          default: false,
        },
        mtu: {
          $ref: '#/$defs/mtu',
          description: "MTU of the network's ports. Default: what the physical network carries.",
        },
        dns_domain: {
          $ref: '#/$defs/dns_domain',
          description: "Domain of the names on this network. Default: the topology's `dns_domain`.",
        },
        dhcp: { $ref: '#/$defs/dhcp', description: "The network's DHCP port. Runs when a subnet has enable_dhcp." },
        subnets: {
          type: 'object',
          description: 'Subnets of the network. Keyed by name, which is unique in the file.',
          propertyNames: { $ref: '#/$defs/name' },
          additionalProperties: { $ref: '#/$defs/subnet' },
        },
        port_security_enabled: {
          type: 'boolean',
          description: 'What holds for ports of instances that say nothing of it. false: they are not filtered.',
          default: true,
        },
      },
    },
    dhcp: {
      type: 'object',
      description: 'The DHCP port of a network.',
      additionalProperties: false,
      properties: {
        node: {
          $ref: '#/$defs/name',
          description:
            'The node that runs the DHCP server. Default: the first with role network and a NIC on the physical network.',
        },
        port_id: { $ref: '#/$defs/uuid', description: 'UUID of the port. Default: derived from the names.' },
        mac_address: {
          $ref: '#/$defs/mac',
          description: "MAC address of the port. Default: derived from the port's id.",
        },
        fixed_ip_address: {
          $ref: '#/$defs/ipv4',
          description: 'Address of the port. Default: the lowest free one of the pools.',
        },
      },
    },
    address_scope: {
      type: 'object',
      description: 'An address scope. All there is to say of it is which subnets are in it.',
      additionalProperties: false,
    },
    subnet: {
      type: 'object',
      description: 'A subnet of a network.',
      additionalProperties: false,
      required: ['cidr'],
      properties: {
        id: { $ref: '#/$defs/uuid', description: 'UUID of the subnet. Default: derived from the names.' },
        cidr: { $ref: '#/$defs/cidr', description: 'Address range of the subnet, host bits zero.' },
        gateway_ip: {
          $ref: '#/$defs/ipv4_or_null',
          description:
            'Address of the default gateway; null for none. Default: the first address of the range. In an external network it may lie outside the range: it is then reached by an on-link route of its own.',
        },
        address_scope: {
          $ref: '#/$defs/name',
          description:
            'The address scope the subnet is in; all subnets of a network are in the same one. Default: none, as all subnets that name none.',
        },
        allocation_pools: {
          type: 'array',
          description: 'Ranges that addresses are taken from. Default: the whole subnet but its gateway.',
          items: { $ref: '#/$defs/allocation_pool' },
        },
        enable_dhcp: {
          type: 'boolean',
          description: 'Whether the DHCP server answers for this subnet.',
          default: true,
        },
        dns_nameservers: {
          type: 'array',
          description: 'DNS servers handed out by DHCP, in order.',
          items: { $ref: '#/$defs/ipv4' },
        },
        host_routes: { type: 'array', description: 'Routes handed out by DHCP.', items: { $ref: '#/$defs/route' } },
      },
    },
    allocation_pool: {
      type: 'object',
      description: 'A range of addresses, both ends included.',
      additionalProperties: false,
      required: ['start', 'end'],
      properties: {
        start: { $ref: '#/$defs/ipv4', description: 'First address of the range.' },
        end: { $ref: '#/$defs/ipv4', description: 'Last address of the range.' },
      },
    },
    route: {
      type: 'object',
      description: 'A static route.',
      additionalProperties: false,
      required: ['destination', 'nexthop'],
      properties: {
        destination: { $ref: '#/$defs/cidr', description: 'Where the route leads, host bits zero.' },
        nexthop: { $ref: '#/$defs/ipv4', description: 'The next machine on the way.' },
      },
    },
    router: {
      type: 'object',
      description: 'A router.',
      additionalProperties: false,
      required: ['node'],
      properties: {
        id: { $ref: '#/$defs/uuid', description: 'UUID of the router. Default: derived from the names.' },
        node: { $ref: '#/$defs/name', description: 'The node that runs the router. It needs role network.' },
        external_gateway: {
          $ref: '#/$defs/external_gateway',
          description: "The router's port on an external network.",
        },
        interfaces: {
          type: 'object',
          description: "The router's ports on subnets. Keyed by the subnet's name.",
          propertyNames: { $ref: '#/$defs/name' },
          additionalProperties: { $ref: '#/$defs/router_interface' },
        },
        routes: { type: 'array', description: 'Static routes of the router.', items: { $ref: '#/$defs/route' } },
      },
    },
    external_gateway: {
      type: 'object',
      description: "A router's port on an external network.",
      additionalProperties: false,
      required: ['network'],
      properties: {
        network: { $ref: '#/$defs/name', description: 'The external network.' },
        port_id: { $ref: '#/$defs/uuid', description: 'UUID of the port. Default: derived from the names.' },
        mac_address: {
          $ref: '#/$defs/mac',
          description: "MAC address of the port. Default: derived from the port's id.",
        },
        fixed_ip_address: {
          $ref: '#/$defs/ipv4',
          description: 'Address of the port. Default: the lowest free one of the pools.',
        },
        fixed_ips: {
          type: 'array',
          description:
            "Addresses of the port where it has several, mostly one of each subnet; in place of `fixed_ip_address`. Traffic leaves with the first one, by the gateway of the last one's subnet. The network's other subnets are on the link.",
          items: { $ref: '#/$defs/ipv4' },
          minItems: 1,
        },
        enable_snat: {
          type: 'boolean',
          description: "Whether traffic without a floating IP leaves with the gateway's address.",
          default: true,
        },
      },
    },
    router_interface: {
      type: 'object',
      description: "A router's port on a subnet.",
      additionalProperties: false,
      properties: {
        port_id: { $ref: '#/$defs/uuid', description: 'UUID of the port. Default: derived from the names.' },
        mac_address: {
          $ref: '#/$defs/mac',
          description: "MAC address of the port. Default: derived from the port's id.",
        },
        fixed_ip_address: {
          $ref: '#/$defs/ipv4',
          description: "Address of the port. Default: the subnet's gateway_ip.",
        },
      },
    },
    instance: {
      type: 'object',
      description: 'A guest.',
      additionalProperties: false,
      required: ['node'],
      properties: {
        node: { $ref: '#/$defs/name', description: 'The node the instance runs on. It needs role compute.' },
        attach: {
          type: 'string',
          description:
            'lab: the lab stands in for the guest; tap: netloom makes the tap, and somebody else (a hypervisor) the guest.',
          enum: ['lab', 'tap'],
          default: 'lab',
        },
        listen: {
          type: 'array',
          description: "TCP ports the lab's stand-in answers on.",
          items: { $ref: '#/$defs/tcp_port' },
        },
        ports: {
          type: 'object',
          description: "Ports of the instance. Keyed by the device's name inside the guest.",
          propertyNames: { $ref: '#/$defs/device_name' },
          additionalProperties: { $ref: '#/$defs/port' },
        },
        metadata: {
          $ref: '#/$defs/metadata',
          description:
            'What 169.254.169.254 tells the guest of itself, as cloud-init asks for it. Without it the guest gets no metadata.',
        },
      },
    },
    metadata: {
      type: 'object',
      description:
        'What an instance is told of itself. The rest (addresses, MACs, routes, name servers) is taken from its ports.',
      additionalProperties: false,
      properties: {
        hostname: {
          $ref: '#/$defs/hostname',
          description: "Host name of the guest. Default: the instance's name in lower case, with `-` for `_`.",
        },
        public_keys: {
          type: 'object',
          description: "SSH public keys that may log in. Keyed by the key's name.",
          propertyNames: { $ref: '#/$defs/key_name' },
          additionalProperties: { $ref: '#/$defs/ssh_public_key' },
        },
        user_data: { type: 'string', description: 'User data as text, for example a #cloud-config; 64 kB at most.' },
        user_data_base64: {
          type: 'string',
          description: 'User data as base64, in place of `user_data`, for what is no text; 64 kB at most when decoded.',
        },
      },
    },
    port: {
      type: 'object',
      description: 'A port of an instance.',
      additionalProperties: false,
      required: ['network'],
      properties: {
        id: { $ref: '#/$defs/uuid', description: 'UUID of the port. Default: derived from the names.' },
        network: { $ref: '#/$defs/name', description: 'The network the port is on.' },
        fixed_ip_address: {
          $ref: '#/$defs/ipv4',
          description: 'Address of the port. Default: the lowest free one of the pools.',
        },
        fixed_ips: {
          type: 'array',
          description:
            'Addresses of the port where it has several, of one subnet of its network or of more; in place of `fixed_ip_address`. The first is the one the instance is asked at.',
          items: { $ref: '#/$defs/ipv4' },
          minItems: 1,
        },
        mac_address: {
          $ref: '#/$defs/mac',
          description: "MAC address of the guest's device. Default: derived from the port's id.",
        },
        dns_name: {
          $ref: '#/$defs/dns_label',
          description:
            "Name the network's DHCP server resolves to the port's addresses and tells the guest. Default: host- and the address with dashes, for each address its own.",
        },
        extra_dhcp_opts: {
          type: 'array',
          description: 'DHCP options for this port alone, in place of or beside those of its subnet.',
          items: { $ref: '#/$defs/extra_dhcp_opt' },
        },
        security_groups: {
          type: 'array',
          description:
            'The security groups the port is in. Default: `default`, the group that is always there. An empty list: in none, so nothing but DHCP passes.',
          items: { $ref: '#/$defs/name' },
        },
        port_security_enabled: {
          type: 'boolean',
          description:
            'false: nothing is filtered, neither by groups nor against forged addresses. Default: as its network says.',
        },
        allowed_address_pairs: {
          type: 'array',
          description:
            'Addresses the port may use beside its own: that of a virtual router (VRRP), those of what is behind it.',
          items: { $ref: '#/$defs/address_pair' },
        },
      },
    },
    extra_dhcp_opt: {
      type: 'object',
      description: 'A DHCP option of one port, as in the Neutron API.',
      additionalProperties: false,
      required: ['opt_name', 'opt_value'],
      properties: {
        opt_name: {
          $ref: '#/$defs/dhcp_opt_name',
          description:
            "Which option: its name or number. client-id says by which client identifier the port's guest is known.",
        },
        opt_value: { $ref: '#/$defs/dhcp_opt_value', description: "The option's value, as dnsmasq takes it." },
        ip_version: { type: 'integer', description: 'Only 4, as everything here.', enum: [4], default: 4 },
      },
    },
    floating_ip: {
      type: 'object',
      description: 'A floating IP.',
      additionalProperties: false,
      required: ['floating_network'],
      properties: {
        id: { $ref: '#/$defs/uuid', description: 'UUID of the floating IP. Default: derived from the names.' },
        floating_network: { $ref: '#/$defs/name', description: 'The external network the address is on.' },
        floating_ip_address: {
          $ref: '#/$defs/ipv4',
          description: 'The external address. Default: the lowest free one of the pools.',
        },
        instance: {
          $ref: '#/$defs/name',
          description: 'The instance it stands for. Without it, `network` and `fixed_ip_address` say which address.',
        },
        network: {
          $ref: '#/$defs/name',
          description:
            "The network of an address that is no instance's: a physical machine on a flat network. Goes with `fixed_ip_address`, in place of `instance`.",
        },
        port: {
          $ref: '#/$defs/device_name',
          description: "The instance's port, by its device name. Needed when it has several.",
        },
        fixed_ip_address: {
          $ref: '#/$defs/ipv4',
          description:
            "The address it stands for. Default: that of the instance's port. Needed when the port has several.",
        },
        port_forwardings: {
          type: 'array',
          description:
            'Ports of the address that lead to ports of instances. In place of `instance`, `network`, `port` and `fixed_ip_address`: what is not forwarded, the router answers itself.',
          items: { $ref: '#/$defs/port_forwarding' },
          minItems: 1,
        },
      },
    },
    port_forwarding: {
      type: 'object',
      description: 'A port of a floating IP, or a range of ports, that leads to an instance.',
      additionalProperties: false,
      required: ['protocol'],
      properties: {
        id: {
          $ref: '#/$defs/uuid',
          description:
            "UUID of the port forwarding. Default: derived from the floating IP's name, the protocol and the external ports.",
        },
        protocol: { type: 'string', description: 'What is forwarded.', enum: ['tcp', 'udp'] },
        external_port: {
          $ref: '#/$defs/tcp_port',
          description: 'The port of the floating IP. Either this or `external_port_range`.',
        },
        external_port_range: {
          $ref: '#/$defs/port_range',
          description: 'The ports of the floating IP, first and last, such as 5000:5010.',
        },
        internal_port: {
          $ref: '#/$defs/tcp_port',
          description:
            'The port of the instance. Either this or `internal_port_range`; with a range outside, all its ports lead here.',
        },
        internal_port_range: {
          $ref: '#/$defs/port_range',
          description: 'The ports of the instance, first and last: as many as outside, and in the same order.',
        },
        instance: {
          $ref: '#/$defs/name',
          description: 'The instance it leads to. Without it, `internal_ip_address` says where.',
        },
        port: {
          $ref: '#/$defs/device_name',
          description: "The instance's port, by its device name. Needed when it has several.",
        },
        network: {
          $ref: '#/$defs/name',
          description:
            'The network of `internal_ip_address`, where no instance is named. Default: the one behind a router with its gateway on the floating network.',
        },
        internal_ip_address: {
          $ref: '#/$defs/ipv4',
          description:
            "The address it leads to. Default: that of the instance's port. Needed when the port has several.",
        },
      },
    },
    host: {
      type: 'object',
      description: 'A machine outside the cloud; only the lab has it.',
      additionalProperties: false,
      properties: {
        nics: {
          type: 'object',
          description: 'NICs of the machine. Keyed by device name.',
          propertyNames: { $ref: '#/$defs/device_name' },
          additionalProperties: { $ref: '#/$defs/host_nic' },
        },
        routes: { type: 'array', description: 'Static routes of the machine.', items: { $ref: '#/$defs/route' } },
        listen: { type: 'array', description: 'TCP ports it answers on.', items: { $ref: '#/$defs/tcp_port' } },
      },
    },
    host_nic: {
      type: 'object',
      description: 'A NIC of an outside machine.',
      additionalProperties: false,
      required: ['physical_network'],
      properties: {
        physical_network: { $ref: '#/$defs/name', description: 'The physical network the NIC is plugged into.' },
        addresses: {
          type: 'array',
          description: 'IPv4 addresses of the NIC, each with its prefix length.',
          items: { $ref: '#/$defs/cidr' },
        },
        mac_address: { $ref: '#/$defs/mac', description: 'MAC address. Default: chosen by the lab.' },
        mtu: { $ref: '#/$defs/mtu', description: 'MTU of the NIC.' },
      },
    },
    expectation: {
      type: 'object',
      description: 'One probe and its expected outcome.',
      additionalProperties: false,
      required: ['from', 'to'],
      properties: {
        from: { $ref: '#/$defs/name', description: 'The instance or host that asks.' },
        to: { $ref: '#/$defs/target', description: 'The instance, host or IPv4 address that is asked.' },
        protocol: {
          type: 'string',
          description:
            'What is sent. With dns, `from` asks the name server it was told for `name`, and expects the address of `to`.',
          enum: ['ping', 'tcp', 'dns'],
          default: 'ping',
        },
        port: { $ref: '#/$defs/tcp_port', description: 'TCP port. Needed for tcp, and only there.' },
        name: {
          $ref: '#/$defs/hostname',
          description: 'Host name that is asked for, with or without its domain. Needed for dns, and only there.',
        },
        succeeds: {
          type: 'boolean',
          description: 'Whether an answer is expected; of dns, one with the address of `to`.',
          default: true,
        },
        seen_as: { $ref: '#/$defs/ipv4', description: 'The source address the asked one must see.' },
      },
    },
    ip_prefix: {
      type: 'string',
      description: 'An IPv4 or IPv6 network, such as 192.0.2.0/24 or 2001:db8::/32.',
      pattern:
        '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(?:3[0-2]|[12]?[0-9])|(?=[0-9a-f.]*:)[0-9a-f:.]{2,45}/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))$',
    },
    ip_or_prefix: {
      type: 'string',
      description: 'An IPv4 or IPv6 address or network, such as 192.0.2.7 or 2001:db8::/64.',
      pattern:
        '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:/(?:3[0-2]|[12]?[0-9]))?|(?=[0-9a-f.]*:)[0-9a-f:.]{2,45}(?:/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$',
    },
    ip_protocol: {
      type: ['string', 'integer'],
      description:
        'An IP protocol: a name Neutron knows (tcp, udp, icmp, sctp, gre, vrrp, ...; any for all) or its number.',
      pattern:
        '^(?:any|ah|dccp|egp|esp|gre|hopopt|icmp|icmpv6|igmp|ip|ipip|ipv6-encap|ipv6-frag|ipv6-icmp|ipv6-nonxt|ipv6-opts|ipv6-route|ospf|pgm|rsvp|sctp|tcp|udp|udplite|vrrp|25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
      minimum: 0,
      maximum: 255,
    },
    security_group: {
      type: 'object',
      description:
        "A security group: what may reach the ports that are in it and what they may send. What no rule of a port's groups allows is dropped; answers to what was allowed pass.",
      additionalProperties: false,
      properties: {
        id: { $ref: '#/$defs/uuid', description: 'UUID of the group. Default: derived from the names.' },
        stateful: {
          type: 'boolean',
          description:
            'false: answers are not let through by themselves, every direction takes a rule. A port is stateless when all its groups are.',
          default: true,
        },
        default_rules: {
          type: 'boolean',
          description:
            'The rules Neutron gives a new group: everything may leave, over IPv4 and IPv6, and in the group `default` its members may also reach each other. false: without them.',
          default: true,
        },
        rules: {
          type: 'array',
          description: 'What is allowed, beside the default rules.',
          items: { $ref: '#/$defs/security_group_rule' },
        },
      },
    },
    security_group_rule: {
      type: 'object',
      description: 'A rule of a security group, as in the Neutron API: it allows.',
      additionalProperties: false,
      required: ['direction'],
      properties: {
        direction: {
          type: 'string',
          description: 'ingress: into the instance; egress: out of it.',
          enum: ['ingress', 'egress'],
        },
        ethertype: { type: 'string', description: 'IPv4 or IPv6.', enum: ['IPv4', 'IPv6'], default: 'IPv4' },
        protocol: { $ref: '#/$defs/ip_protocol', description: 'The IP protocol, by name or number. Default: any.' },
        port_range_min: {
          type: 'integer',
          description:
            'The first port, of the instance where direction is ingress, of the other side where it is egress. For icmp: the type.',
          minimum: 0,
          maximum: 65535,
        },
        port_range_max: {
          type: 'integer',
          description: 'The last port. For icmp: the code; without it, any.',
          minimum: 0,
          maximum: 65535,
        },
        remote_ip_prefix: {
          $ref: '#/$defs/ip_prefix',
          description: 'The other side, by its addresses. Default: anybody.',
        },
        remote_group: {
          $ref: '#/$defs/name',
          description: 'The other side: the ports that are in this group. In place of `remote_ip_prefix`.',
        },
      },
    },
    address_pair: {
      type: 'object',
      description: 'An address, or a network, that a port may use beside its own.',
      additionalProperties: false,
      required: ['ip_address'],
      properties: {
        ip_address: { $ref: '#/$defs/ip_or_prefix', description: 'The address or network.' },
        mac_address: { $ref: '#/$defs/mac', description: "The MAC it is used with. Default: the port's own." },
      },
    },
  },
};
const schema32 = {
  type: 'string',
  description: 'Lower-case letters, digits and dashes; 19 characters at most.',
  pattern: '^[a-z0-9][a-z0-9-]{0,18}$',
};
const schema33 = {
  type: 'string',
  description:
    'DNS domain in lower case: labels of letters, digits and dashes with dots between them, 189 characters at most, without a dot at the end.',
  pattern: '^(?=.{1,189}$)(?!-)[a-z0-9-]{1,63}(?<!-)(?:\\.(?!-)[a-z0-9-]{1,63}(?<!-))*$',
};
const schema34 = {
  type: 'string',
  description:
    'Letters, digits, `_`, `.` and `-`, beginning with a letter or digit, 63 characters at most, not only digits and dots.',
  pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$',
};
const schema57 = {
  type: 'object',
  description: 'An address scope. All there is to say of it is which subnets are in it.',
  additionalProperties: false,
};
const func0 = Object.prototype.hasOwnProperty;
const pattern4 = new RegExp('^[a-z0-9][a-z0-9-]{0,18}$', 'u');
const pattern5 = new RegExp('^(?=.{1,189}$)(?!-)[a-z0-9-]{1,63}(?<!-)(?:\\.(?!-)[a-z0-9-]{1,63}(?<!-))*$', 'u');
const pattern6 = new RegExp('^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$', 'u');
const schema35 = {
  type: 'object',
  description: 'A wire.',
  additionalProperties: false,
  properties: {
    mtu: { $ref: '#/$defs/mtu', description: 'Largest packet the wire carries. Networks on it must not ask for more.' },
  },
};
const schema36 = { type: 'integer', description: 'Largest packet in bytes.', minimum: 68, maximum: 65535 };

function validate21(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate21.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'mtu')) {
        const err0 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.mtu !== undefined && func0.call(data, 'mtu')) {
      let data0 = data.mtu;
      if (!(typeof data0 == 'number' && !(data0 % 1) && !isNaN(data0) && isFinite(data0))) {
        const err1 = {
          instancePath: instancePath + '/mtu',
          schemaPath: '#/$defs/mtu/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      if (typeof data0 == 'number' && isFinite(data0)) {
        if (data0 > 65535 || isNaN(data0)) {
          const err2 = {
            instancePath: instancePath + '/mtu',
            schemaPath: '#/$defs/mtu/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 65535 },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
        if (data0 < 68 || isNaN(data0)) {
          const err3 = {
            instancePath: instancePath + '/mtu',
            schemaPath: '#/$defs/mtu/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 68 },
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      }
    }
  } else {
    const err4 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err4];
    } else {
      vErrors.push(err4);
    }
    errors++;
  }
  validate21.errors = vErrors;
  return errors === 0;
}
validate21.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema38 = {
  type: 'object',
  description: 'A machine netloom works on.',
  additionalProperties: false,
  properties: {
    roles: {
      type: 'array',
      description: 'What may be placed on the node. Default: both.',
      items: { $ref: '#/$defs/role' },
      minItems: 1,
      default: ['network', 'compute'],
    },
    reach: { $ref: '#/$defs/reach', description: 'How netloom reaches the node. Default: local.' },
    state: {
      type: 'string',
      description: 'present: the topology runs here; absent: everything of the topology is removed from the node.',
      enum: ['present', 'absent'],
      default: 'present',
    },
    mechanism: {
      type: 'string',
      description:
        'What carries the networks on the node: a Linux bridge for each network, or Open vSwitch with `br-int` and a bridge for each physical network.',
      enum: ['linuxbridge', 'openvswitch'],
      default: 'linuxbridge',
    },
    bridge_mappings: {
      type: 'object',
      description:
        'With openvswitch: the bridge of each physical network, not `br-int`, and no two the same. Keyed by physical network. Default: `br-` and the name of the NIC.',
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: { $ref: '#/$defs/device_name' },
    },
    use_namespaces: {
      type: 'boolean',
      description:
        "false: the node itself routes for the one router that is placed on it, with the router's devices, addresses, routes and rules in the node's own network namespace, as with Grizzly's use_namespaces = False. Only with openvswitch. DHCP servers keep their namespaces.",
      default: true,
    },
    nics: {
      type: 'object',
      description: "The node's NICs that netloom may use. Keyed by device name.",
      propertyNames: { $ref: '#/$defs/device_name' },
      additionalProperties: { $ref: '#/$defs/nic' },
    },
    manage_bridge_netfilter: {
      type: 'boolean',
      description:
        'true: netloom sets net.bridge.bridge-nf-call-iptables and -ip6tables to 1 where instances are filtered; they hold for all bridges of the machine. false: it is an error where they are 0.',
      default: false,
    },
  },
};
const schema39 = {
  type: 'string',
  description: 'network: routers and DHCP may run here; compute: instances may.',
  enum: ['network', 'compute'],
};
const schema49 = {
  type: 'string',
  description:
    'Name of a network device: 15 characters at most of letters, digits, `_`, `.` and `-`; not `lo`, `all`, `default`, and not digits and dots alone.',
  pattern: '^(?!(?:[0-9.]+|all|default|lo)$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,14}$',
};
const schema40 = {
  type: 'object',
  description: 'How netloom reaches a node.',
  discriminator: { propertyName: 'via' },
  oneOf: [{ $ref: '#/$defs/reach_local' }, { $ref: '#/$defs/reach_ssh' }, { $ref: '#/$defs/reach_lab' }],
};
const schema46 = {
  type: 'object',
  description: 'The machine netloom runs on.',
  additionalProperties: false,
  required: ['via'],
  properties: { via: { type: 'string', const: 'local', description: 'The machine netloom runs on.' } },
};
const schema47 = {
  type: 'object',
  description: 'A node of the embedded lab.',
  additionalProperties: false,
  required: ['via'],
  properties: { via: { type: 'string', const: 'lab', description: 'A node of the embedded lab.' } },
};
const schema41 = {
  type: 'object',
  description: 'A machine reached by the OpenSSH client and its configuration.',
  additionalProperties: false,
  required: ['via', 'host'],
  properties: {
    via: {
      type: 'string',
      const: 'ssh',
      description: 'A machine reached by the OpenSSH client and its configuration.',
    },
    host: { $ref: '#/$defs/ssh_host', description: 'Host name, IPv4 address or Host alias of ssh_config.' },
    user: { $ref: '#/$defs/ssh_user', description: 'Login name. Default: what ssh_config says.' },
    port: { $ref: '#/$defs/tcp_port', description: 'Port of the SSH server. Default: what ssh_config says.' },
    identity_file: {
      $ref: '#/$defs/ssh_identity_file',
      description: 'Path of the private key. Default: what ssh_config and the agent say.',
    },
  },
};
const schema42 = {
  type: 'string',
  description: 'Host name, IPv4 address or Host alias of ssh_config.',
  pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$',
};
const schema43 = { type: 'string', description: 'Login name.', pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,31}$' };
const schema44 = { type: 'integer', description: 'Port.', minimum: 1, maximum: 65535 };
const schema45 = {
  type: 'string',
  description: 'Path of a private key: letters, digits and `/ . _ ~ + @ = , -`, not beginning with `-`.',
  pattern: '^[A-Za-z0-9_./~][A-Za-z0-9_./~+@=,-]{0,1023}$',
};
const pattern8 = new RegExp('^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$', 'u');
const pattern9 = new RegExp('^[A-Za-z_][A-Za-z0-9_.-]{0,31}$', 'u');
const pattern10 = new RegExp('^[A-Za-z0-9_./~][A-Za-z0-9_./~+@=,-]{0,1023}$', 'u');

function validate25(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate25.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.via === undefined || !func0.call(data, 'via')) {
      const err0 = { instancePath, schemaPath: '#/required', keyword: 'required', params: { missingProperty: 'via' } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.host === undefined || !func0.call(data, 'host')) {
      const err1 = { instancePath, schemaPath: '#/required', keyword: 'required', params: { missingProperty: 'host' } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'via' || key0 === 'host' || key0 === 'user' || key0 === 'port' || key0 === 'identity_file')) {
        const err2 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.via !== undefined && func0.call(data, 'via')) {
      let data0 = data.via;
      if (typeof data0 !== 'string') {
        const err3 = {
          instancePath: instancePath + '/via',
          schemaPath: '#/properties/via/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      if ('ssh' !== data0) {
        const err4 = {
          instancePath: instancePath + '/via',
          schemaPath: '#/properties/via/const',
          keyword: 'const',
          params: { allowedValue: 'ssh' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.host !== undefined && func0.call(data, 'host')) {
      let data1 = data.host;
      if (typeof data1 === 'string') {
        if (!pattern8.test(data1)) {
          const err5 = {
            instancePath: instancePath + '/host',
            schemaPath: '#/$defs/ssh_host/pattern',
            keyword: 'pattern',
            params: { pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$' },
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/host',
          schemaPath: '#/$defs/ssh_host/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.user !== undefined && func0.call(data, 'user')) {
      let data2 = data.user;
      if (typeof data2 === 'string') {
        if (!pattern9.test(data2)) {
          const err7 = {
            instancePath: instancePath + '/user',
            schemaPath: '#/$defs/ssh_user/pattern',
            keyword: 'pattern',
            params: { pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,31}$' },
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = {
          instancePath: instancePath + '/user',
          schemaPath: '#/$defs/ssh_user/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.port !== undefined && func0.call(data, 'port')) {
      let data3 = data.port;
      if (!(typeof data3 == 'number' && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
        const err9 = {
          instancePath: instancePath + '/port',
          schemaPath: '#/$defs/tcp_port/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
      if (typeof data3 == 'number' && isFinite(data3)) {
        if (data3 > 65535 || isNaN(data3)) {
          const err10 = {
            instancePath: instancePath + '/port',
            schemaPath: '#/$defs/tcp_port/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 65535 },
          };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
        if (data3 < 1 || isNaN(data3)) {
          const err11 = {
            instancePath: instancePath + '/port',
            schemaPath: '#/$defs/tcp_port/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
      }
    }
    if (data.identity_file !== undefined && func0.call(data, 'identity_file')) {
      let data4 = data.identity_file;
      if (typeof data4 === 'string') {
        if (!pattern10.test(data4)) {
          const err12 = {
            instancePath: instancePath + '/identity_file',
            schemaPath: '#/$defs/ssh_identity_file/pattern',
            keyword: 'pattern',
            params: { pattern: '^[A-Za-z0-9_./~][A-Za-z0-9_./~+@=,-]{0,1023}$' },
          };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      } else {
        const err13 = {
          instancePath: instancePath + '/identity_file',
          schemaPath: '#/$defs/ssh_identity_file/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
  } else {
    const err14 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err14];
    } else {
      vErrors.push(err14);
    }
    errors++;
  }
  validate25.errors = vErrors;
  return errors === 0;
}
validate25.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate24(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate24.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    const tag0 = data.via;
    if (typeof tag0 == 'string') {
      if (tag0 === 'local') {
        if (data && typeof data == 'object' && !Array.isArray(data)) {
          if (data.via === undefined || !func0.call(data, 'via')) {
            const err0 = {
              instancePath,
              schemaPath: '#/$defs/reach_local/required',
              keyword: 'required',
              params: { missingProperty: 'via' },
            };
            if (vErrors === null) {
              vErrors = [err0];
            } else {
              vErrors.push(err0);
            }
            errors++;
          }
          for (const key0 of Object.keys(data)) {
            if (!(key0 === 'via')) {
              const err1 = {
                instancePath,
                schemaPath: '#/$defs/reach_local/additionalProperties',
                keyword: 'additionalProperties',
                params: { additionalProperty: key0 },
              };
              if (vErrors === null) {
                vErrors = [err1];
              } else {
                vErrors.push(err1);
              }
              errors++;
            }
          }
          if (data.via !== undefined && func0.call(data, 'via')) {
            let data0 = data.via;
            if (typeof data0 !== 'string') {
              const err2 = {
                instancePath: instancePath + '/via',
                schemaPath: '#/$defs/reach_local/properties/via/type',
                keyword: 'type',
                params: { type: 'string' },
              };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
            }
            if ('local' !== data0) {
              const err3 = {
                instancePath: instancePath + '/via',
                schemaPath: '#/$defs/reach_local/properties/via/const',
                keyword: 'const',
                params: { allowedValue: 'local' },
              };
              if (vErrors === null) {
                vErrors = [err3];
              } else {
                vErrors.push(err3);
              }
              errors++;
            }
          }
        } else {
          const err4 = {
            instancePath,
            schemaPath: '#/$defs/reach_local/type',
            keyword: 'type',
            params: { type: 'object' },
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        var props0 = true;
      } else if (tag0 === 'ssh') {
        if (!validate25(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
          vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
          errors = vErrors.length;
        }
        if (props0 !== true) {
          props0 = true;
        }
      } else if (tag0 === 'lab') {
        if (data && typeof data == 'object' && !Array.isArray(data)) {
          if (data.via === undefined || !func0.call(data, 'via')) {
            const err5 = {
              instancePath,
              schemaPath: '#/$defs/reach_lab/required',
              keyword: 'required',
              params: { missingProperty: 'via' },
            };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
          for (const key1 of Object.keys(data)) {
            if (!(key1 === 'via')) {
              const err6 = {
                instancePath,
                schemaPath: '#/$defs/reach_lab/additionalProperties',
                keyword: 'additionalProperties',
                params: { additionalProperty: key1 },
              };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          }
          if (data.via !== undefined && func0.call(data, 'via')) {
            let data1 = data.via;
            if (typeof data1 !== 'string') {
              const err7 = {
                instancePath: instancePath + '/via',
                schemaPath: '#/$defs/reach_lab/properties/via/type',
                keyword: 'type',
                params: { type: 'string' },
              };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            if ('lab' !== data1) {
              const err8 = {
                instancePath: instancePath + '/via',
                schemaPath: '#/$defs/reach_lab/properties/via/const',
                keyword: 'const',
                params: { allowedValue: 'lab' },
              };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
          }
        } else {
          const err9 = {
            instancePath,
            schemaPath: '#/$defs/reach_lab/type',
            keyword: 'type',
            params: { type: 'object' },
          };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        if (props0 !== true) {
          props0 = true;
        }
      } else {
        const err10 = {
          instancePath,
          schemaPath: '#/discriminator',
          keyword: 'discriminator',
          params: { error: 'mapping', tag: 'via', tagValue: tag0 },
        };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    } else {
      const err11 = {
        instancePath,
        schemaPath: '#/discriminator',
        keyword: 'discriminator',
        params: { error: 'tag', tag: 'via', tagValue: tag0 },
      };
      if (vErrors === null) {
        vErrors = [err11];
      } else {
        vErrors.push(err11);
      }
      errors++;
    }
  } else {
    const err12 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err12];
    } else {
      vErrors.push(err12);
    }
    errors++;
  }
  validate24.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate24.evaluated = { dynamicProps: true, dynamicItems: false };

const schema51 = {
  type: 'object',
  description: 'A NIC of a node.',
  additionalProperties: false,
  required: ['physical_network'],
  properties: {
    physical_network: { $ref: '#/$defs/name', description: 'The physical network the NIC is plugged into.' },
    addresses: {
      type: 'array',
      description:
        'IPv4 addresses of the NIC, each with its prefix length. They move to the bridge when one takes the NIC.',
      items: { $ref: '#/$defs/cidr' },
    },
    mtu: { $ref: '#/$defs/mtu', description: 'MTU of the NIC.' },
    mac_address: { $ref: '#/$defs/mac', description: 'MAC address. Only the lab uses it, to make the NIC.' },
    allow_dynamic: {
      type: 'boolean',
      description: 'The NIC may hold a dynamic address or be under a network manager; netloom borrows it all the same.',
      default: false,
    },
  },
};
const schema53 = {
  type: 'string',
  description: 'IPv4 address and prefix length, such as 10.0.0.0/24.',
  pattern:
    '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(?:3[0-2]|[12]?[0-9])$',
};
const schema55 = {
  type: 'string',
  description: 'Unicast MAC address in lower case, such as fa:16:3e:12:34:56.',
  pattern: '^(?!00:00:00:00:00:00$)[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$',
};
const pattern15 = new RegExp(
  '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(?:3[0-2]|[12]?[0-9])$',
  'u',
);
const pattern16 = new RegExp('^(?!00:00:00:00:00:00$)[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$', 'u');

function validate28(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate28.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.physical_network === undefined || !func0.call(data, 'physical_network')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'physical_network' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(
        key0 === 'physical_network' ||
        key0 === 'addresses' ||
        key0 === 'mtu' ||
        key0 === 'mac_address' ||
        key0 === 'allow_dynamic'
      )) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.physical_network !== undefined && func0.call(data, 'physical_network')) {
      let data0 = data.physical_network;
      if (typeof data0 === 'string') {
        if (!pattern6.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/physical_network',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/physical_network',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.addresses !== undefined && func0.call(data, 'addresses')) {
      let data1 = data.addresses;
      if (Array.isArray(data1)) {
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data2 = data1[i0];
          if (typeof data2 === 'string') {
            if (!pattern15.test(data2)) {
              const err4 = {
                instancePath: instancePath + '/addresses/' + i0,
                schemaPath: '#/$defs/cidr/pattern',
                keyword: 'pattern',
                params: {
                  pattern:
                    '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(?:3[0-2]|[12]?[0-9])$',
                },
              };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
          } else {
            const err5 = {
              instancePath: instancePath + '/addresses/' + i0,
              schemaPath: '#/$defs/cidr/type',
              keyword: 'type',
              params: { type: 'string' },
            };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/addresses',
          schemaPath: '#/properties/addresses/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.mtu !== undefined && func0.call(data, 'mtu')) {
      let data3 = data.mtu;
      if (!(typeof data3 == 'number' && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
        const err7 = {
          instancePath: instancePath + '/mtu',
          schemaPath: '#/$defs/mtu/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
      if (typeof data3 == 'number' && isFinite(data3)) {
        if (data3 > 65535 || isNaN(data3)) {
          const err8 = {
            instancePath: instancePath + '/mtu',
            schemaPath: '#/$defs/mtu/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 65535 },
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
        if (data3 < 68 || isNaN(data3)) {
          const err9 = {
            instancePath: instancePath + '/mtu',
            schemaPath: '#/$defs/mtu/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 68 },
          };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      }
    }
    if (data.mac_address !== undefined && func0.call(data, 'mac_address')) {
      let data4 = data.mac_address;
      if (typeof data4 === 'string') {
        if (!pattern16.test(data4)) {
          const err10 = {
            instancePath: instancePath + '/mac_address',
            schemaPath: '#/$defs/mac/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?!00:00:00:00:00:00$)[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$' },
          };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      } else {
        const err11 = {
          instancePath: instancePath + '/mac_address',
          schemaPath: '#/$defs/mac/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.allow_dynamic !== undefined && func0.call(data, 'allow_dynamic')) {
      if (typeof data.allow_dynamic !== 'boolean') {
        const err12 = {
          instancePath: instancePath + '/allow_dynamic',
          schemaPath: '#/properties/allow_dynamic/type',
          keyword: 'type',
          params: { type: 'boolean' },
        };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
  } else {
    const err13 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err13];
    } else {
      vErrors.push(err13);
    }
    errors++;
  }
  validate28.errors = vErrors;
  return errors === 0;
}
validate28.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const pattern12 = new RegExp('^(?!(?:[0-9.]+|all|default|lo)$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,14}$', 'u');

function validate23(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate23.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!(
        key0 === 'roles' ||
        key0 === 'reach' ||
        key0 === 'state' ||
        key0 === 'mechanism' ||
        key0 === 'bridge_mappings' ||
        key0 === 'use_namespaces' ||
        key0 === 'nics' ||
        key0 === 'manage_bridge_netfilter'
      )) {
        const err0 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.roles !== undefined && func0.call(data, 'roles')) {
      let data0 = data.roles;
      if (Array.isArray(data0)) {
        if (data0.length < 1) {
          const err1 = {
            instancePath: instancePath + '/roles',
            schemaPath: '#/properties/roles/minItems',
            keyword: 'minItems',
            params: { limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data1 = data0[i0];
          if (typeof data1 !== 'string') {
            const err2 = {
              instancePath: instancePath + '/roles/' + i0,
              schemaPath: '#/$defs/role/type',
              keyword: 'type',
              params: { type: 'string' },
            };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
          if (!(data1 === 'network' || data1 === 'compute')) {
            const err3 = {
              instancePath: instancePath + '/roles/' + i0,
              schemaPath: '#/$defs/role/enum',
              keyword: 'enum',
              params: { allowedValues: schema39.enum },
            };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
      } else {
        const err4 = {
          instancePath: instancePath + '/roles',
          schemaPath: '#/properties/roles/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.reach !== undefined && func0.call(data, 'reach')) {
      if (
        !validate24(data.reach, {
          instancePath: instancePath + '/reach',
          parentData: data,
          parentDataProperty: 'reach',
          rootData,
          dynamicAnchors,
        })
      ) {
        vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
        errors = vErrors.length;
      }
    }
    if (data.state !== undefined && func0.call(data, 'state')) {
      let data3 = data.state;
      if (typeof data3 !== 'string') {
        const err5 = {
          instancePath: instancePath + '/state',
          schemaPath: '#/properties/state/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
      if (!(data3 === 'present' || data3 === 'absent')) {
        const err6 = {
          instancePath: instancePath + '/state',
          schemaPath: '#/properties/state/enum',
          keyword: 'enum',
          params: { allowedValues: schema38.properties.state.enum },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.mechanism !== undefined && func0.call(data, 'mechanism')) {
      let data4 = data.mechanism;
      if (typeof data4 !== 'string') {
        const err7 = {
          instancePath: instancePath + '/mechanism',
          schemaPath: '#/properties/mechanism/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
      if (!(data4 === 'linuxbridge' || data4 === 'openvswitch')) {
        const err8 = {
          instancePath: instancePath + '/mechanism',
          schemaPath: '#/properties/mechanism/enum',
          keyword: 'enum',
          params: { allowedValues: schema38.properties.mechanism.enum },
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.bridge_mappings !== undefined && func0.call(data, 'bridge_mappings')) {
      let data5 = data.bridge_mappings;
      if (data5 && typeof data5 == 'object' && !Array.isArray(data5)) {
        for (const key1 of Object.keys(data5)) {
          const _errs14 = errors;
          if (typeof key1 === 'string') {
            if (!pattern6.test(key1)) {
              const err9 = {
                instancePath: instancePath + '/bridge_mappings',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
          } else {
            const err10 = {
              instancePath: instancePath + '/bridge_mappings',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key1,
            };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
          var valid4 = _errs14 === errors;
          if (!valid4) {
            const err11 = {
              instancePath: instancePath + '/bridge_mappings',
              schemaPath: '#/properties/bridge_mappings/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key1 },
            };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        for (const key2 of Object.keys(data5)) {
          let data6 = data5[key2];
          if (typeof data6 === 'string') {
            if (!pattern12.test(data6)) {
              const err12 = {
                instancePath: instancePath + '/bridge_mappings/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
                schemaPath: '#/$defs/device_name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?!(?:[0-9.]+|all|default|lo)$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,14}$' },
              };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          } else {
            const err13 = {
              instancePath: instancePath + '/bridge_mappings/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
              schemaPath: '#/$defs/device_name/type',
              keyword: 'type',
              params: { type: 'string' },
            };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
      } else {
        const err14 = {
          instancePath: instancePath + '/bridge_mappings',
          schemaPath: '#/properties/bridge_mappings/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.use_namespaces !== undefined && func0.call(data, 'use_namespaces')) {
      if (typeof data.use_namespaces !== 'boolean') {
        const err15 = {
          instancePath: instancePath + '/use_namespaces',
          schemaPath: '#/properties/use_namespaces/type',
          keyword: 'type',
          params: { type: 'boolean' },
        };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.nics !== undefined && func0.call(data, 'nics')) {
      let data8 = data.nics;
      if (data8 && typeof data8 == 'object' && !Array.isArray(data8)) {
        for (const key3 of Object.keys(data8)) {
          const _errs25 = errors;
          if (typeof key3 === 'string') {
            if (!pattern12.test(key3)) {
              const err16 = {
                instancePath: instancePath + '/nics',
                schemaPath: '#/$defs/device_name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?!(?:[0-9.]+|all|default|lo)$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,14}$' },
                propertyName: key3,
              };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          } else {
            const err17 = {
              instancePath: instancePath + '/nics',
              schemaPath: '#/$defs/device_name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key3,
            };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
          var valid8 = _errs25 === errors;
          if (!valid8) {
            const err18 = {
              instancePath: instancePath + '/nics',
              schemaPath: '#/properties/nics/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key3 },
            };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
        for (const key4 of Object.keys(data8)) {
          if (
            !validate28(data8[key4], {
              instancePath: instancePath + '/nics/' + key4.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data8,
              parentDataProperty: key4,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err19 = {
          instancePath: instancePath + '/nics',
          schemaPath: '#/properties/nics/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.manage_bridge_netfilter !== undefined && func0.call(data, 'manage_bridge_netfilter')) {
      if (typeof data.manage_bridge_netfilter !== 'boolean') {
        const err20 = {
          instancePath: instancePath + '/manage_bridge_netfilter',
          schemaPath: '#/properties/manage_bridge_netfilter/type',
          keyword: 'type',
          params: { type: 'boolean' },
        };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
  } else {
    const err21 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err21];
    } else {
      vErrors.push(err21);
    }
    errors++;
  }
  validate23.errors = vErrors;
  return errors === 0;
}
validate23.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema59 = {
  type: 'object',
  description: 'A network.',
  additionalProperties: false,
  required: ['physical_network'],
  properties: {
    id: { $ref: '#/$defs/uuid', description: 'UUID of the network. Default: derived from the names.' },
    network_type: {
      type: 'string',
      description:
        'How the network is carried on its physical network. flat: untagged; vlan: with the tag `segmentation_id`, on nodes with openvswitch.',
      enum: ['flat', 'vlan'],
      default: 'flat',
    },
    segmentation_id: {
      type: 'integer',
      description: 'The VLAN tag of a network of type vlan.',
      minimum: 1,
      maximum: 4094,
    },
    physical_network: {
      $ref: '#/$defs/name',
      description:
        'The physical network it runs on. A physical network carries one flat network, and any number with different VLAN tags.',
    },
    external: {
      type: 'boolean',
      description: 'Routers may have their gateway on it, and floating IPs come from it.',
      default: false,
    },
    mtu: {
      $ref: '#/$defs/mtu',
      description: "MTU of the network's ports. Default: what the physical network carries.",
    },
    dns_domain: {
      $ref: '#/$defs/dns_domain',
      description: "Domain of the names on this network. Default: the topology's `dns_domain`.",
    },
    dhcp: { $ref: '#/$defs/dhcp', description: "The network's DHCP port. Runs when a subnet has enable_dhcp." },
    subnets: {
      type: 'object',
      description: 'Subnets of the network. Keyed by name, which is unique in the file.',
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: { $ref: '#/$defs/subnet' },
    },
    port_security_enabled: {
      type: 'boolean',
      description: 'What holds for ports of instances that say nothing of it. false: they are not filtered.',
      default: true,
    },
  },
};
const schema60 = {
  type: 'string',
  description: 'UUID in lower case, such as 30acf3ad-b938-49cd-9fb1-81cb35559e23.',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
};
const pattern19 = new RegExp('^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$', 'u');
const schema64 = {
  type: 'object',
  description: 'The DHCP port of a network.',
  additionalProperties: false,
  properties: {
    node: {
      $ref: '#/$defs/name',
      description:
        'The node that runs the DHCP server. Default: the first with role network and a NIC on the physical network.',
    },
    port_id: { $ref: '#/$defs/uuid', description: 'UUID of the port. Default: derived from the names.' },
    mac_address: { $ref: '#/$defs/mac', description: "MAC address of the port. Default: derived from the port's id." },
    fixed_ip_address: {
      $ref: '#/$defs/ipv4',
      description: 'Address of the port. Default: the lowest free one of the pools.',
    },
  },
};
const schema68 = {
  type: 'string',
  description: 'IPv4 address, without leading zeros.',
  pattern: '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
};
const pattern25 = new RegExp(
  '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
  'u',
);

function validate32(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate32.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'node' || key0 === 'port_id' || key0 === 'mac_address' || key0 === 'fixed_ip_address')) {
        const err0 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.node !== undefined && func0.call(data, 'node')) {
      let data0 = data.node;
      if (typeof data0 === 'string') {
        if (!pattern6.test(data0)) {
          const err1 = {
            instancePath: instancePath + '/node',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = {
          instancePath: instancePath + '/node',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.port_id !== undefined && func0.call(data, 'port_id')) {
      let data1 = data.port_id;
      if (typeof data1 === 'string') {
        if (!pattern19.test(data1)) {
          const err3 = {
            instancePath: instancePath + '/port_id',
            schemaPath: '#/$defs/uuid/pattern',
            keyword: 'pattern',
            params: { pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + '/port_id',
          schemaPath: '#/$defs/uuid/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.mac_address !== undefined && func0.call(data, 'mac_address')) {
      let data2 = data.mac_address;
      if (typeof data2 === 'string') {
        if (!pattern16.test(data2)) {
          const err5 = {
            instancePath: instancePath + '/mac_address',
            schemaPath: '#/$defs/mac/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?!00:00:00:00:00:00$)[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$' },
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/mac_address',
          schemaPath: '#/$defs/mac/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.fixed_ip_address !== undefined && func0.call(data, 'fixed_ip_address')) {
      let data3 = data.fixed_ip_address;
      if (typeof data3 === 'string') {
        if (!pattern25.test(data3)) {
          const err7 = {
            instancePath: instancePath + '/fixed_ip_address',
            schemaPath: '#/$defs/ipv4/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = {
          instancePath: instancePath + '/fixed_ip_address',
          schemaPath: '#/$defs/ipv4/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
  } else {
    const err9 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err9];
    } else {
      vErrors.push(err9);
    }
    errors++;
  }
  validate32.errors = vErrors;
  return errors === 0;
}
validate32.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema70 = {
  type: 'object',
  description: 'A subnet of a network.',
  additionalProperties: false,
  required: ['cidr'],
  properties: {
    id: { $ref: '#/$defs/uuid', description: 'UUID of the subnet. Default: derived from the names.' },
    cidr: { $ref: '#/$defs/cidr', description: 'Address range of the subnet, host bits zero.' },
    gateway_ip: {
      $ref: '#/$defs/ipv4_or_null',
      description:
        'Address of the default gateway; null for none. Default: the first address of the range. In an external network it may lie outside the range: it is then reached by an on-link route of its own.',
    },
    address_scope: {
      $ref: '#/$defs/name',
      description:
        'The address scope the subnet is in; all subnets of a network are in the same one. Default: none, as all subnets that name none.',
    },
    allocation_pools: {
      type: 'array',
      description: 'Ranges that addresses are taken from. Default: the whole subnet but its gateway.',
      items: { $ref: '#/$defs/allocation_pool' },
    },
    enable_dhcp: { type: 'boolean', description: 'Whether the DHCP server answers for this subnet.', default: true },
    dns_nameservers: {
      type: 'array',
      description: 'DNS servers handed out by DHCP, in order.',
      items: { $ref: '#/$defs/ipv4' },
    },
    host_routes: { type: 'array', description: 'Routes handed out by DHCP.', items: { $ref: '#/$defs/route' } },
  },
};
const schema73 = {
  type: ['string', 'null'],
  description: 'IPv4 address, without leading zeros, or null for none.',
  pattern: '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
};
const schema75 = {
  type: 'object',
  description: 'A range of addresses, both ends included.',
  additionalProperties: false,
  required: ['start', 'end'],
  properties: {
    start: { $ref: '#/$defs/ipv4', description: 'First address of the range.' },
    end: { $ref: '#/$defs/ipv4', description: 'Last address of the range.' },
  },
};

function validate35(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate35.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.start === undefined || !func0.call(data, 'start')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'start' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.end === undefined || !func0.call(data, 'end')) {
      const err1 = { instancePath, schemaPath: '#/required', keyword: 'required', params: { missingProperty: 'end' } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'start' || key0 === 'end')) {
        const err2 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.start !== undefined && func0.call(data, 'start')) {
      let data0 = data.start;
      if (typeof data0 === 'string') {
        if (!pattern25.test(data0)) {
          const err3 = {
            instancePath: instancePath + '/start',
            schemaPath: '#/$defs/ipv4/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + '/start',
          schemaPath: '#/$defs/ipv4/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.end !== undefined && func0.call(data, 'end')) {
      let data1 = data.end;
      if (typeof data1 === 'string') {
        if (!pattern25.test(data1)) {
          const err5 = {
            instancePath: instancePath + '/end',
            schemaPath: '#/$defs/ipv4/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/end',
          schemaPath: '#/$defs/ipv4/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
  } else {
    const err7 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err7];
    } else {
      vErrors.push(err7);
    }
    errors++;
  }
  validate35.errors = vErrors;
  return errors === 0;
}
validate35.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema79 = {
  type: 'object',
  description: 'A static route.',
  additionalProperties: false,
  required: ['destination', 'nexthop'],
  properties: {
    destination: { $ref: '#/$defs/cidr', description: 'Where the route leads, host bits zero.' },
    nexthop: { $ref: '#/$defs/ipv4', description: 'The next machine on the way.' },
  },
};

function validate37(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate37.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.destination === undefined || !func0.call(data, 'destination')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'destination' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.nexthop === undefined || !func0.call(data, 'nexthop')) {
      const err1 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'nexthop' },
      };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'destination' || key0 === 'nexthop')) {
        const err2 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.destination !== undefined && func0.call(data, 'destination')) {
      let data0 = data.destination;
      if (typeof data0 === 'string') {
        if (!pattern15.test(data0)) {
          const err3 = {
            instancePath: instancePath + '/destination',
            schemaPath: '#/$defs/cidr/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(?:3[0-2]|[12]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + '/destination',
          schemaPath: '#/$defs/cidr/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.nexthop !== undefined && func0.call(data, 'nexthop')) {
      let data1 = data.nexthop;
      if (typeof data1 === 'string') {
        if (!pattern25.test(data1)) {
          const err5 = {
            instancePath: instancePath + '/nexthop',
            schemaPath: '#/$defs/ipv4/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/nexthop',
          schemaPath: '#/$defs/ipv4/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
  } else {
    const err7 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err7];
    } else {
      vErrors.push(err7);
    }
    errors++;
  }
  validate37.errors = vErrors;
  return errors === 0;
}
validate37.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate34(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate34.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.cidr === undefined || !func0.call(data, 'cidr')) {
      const err0 = { instancePath, schemaPath: '#/required', keyword: 'required', params: { missingProperty: 'cidr' } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(
        key0 === 'id' ||
        key0 === 'cidr' ||
        key0 === 'gateway_ip' ||
        key0 === 'address_scope' ||
        key0 === 'allocation_pools' ||
        key0 === 'enable_dhcp' ||
        key0 === 'dns_nameservers' ||
        key0 === 'host_routes'
      )) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.id !== undefined && func0.call(data, 'id')) {
      let data0 = data.id;
      if (typeof data0 === 'string') {
        if (!pattern19.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/id',
            schemaPath: '#/$defs/uuid/pattern',
            keyword: 'pattern',
            params: { pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/id',
          schemaPath: '#/$defs/uuid/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.cidr !== undefined && func0.call(data, 'cidr')) {
      let data1 = data.cidr;
      if (typeof data1 === 'string') {
        if (!pattern15.test(data1)) {
          const err4 = {
            instancePath: instancePath + '/cidr',
            schemaPath: '#/$defs/cidr/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(?:3[0-2]|[12]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = {
          instancePath: instancePath + '/cidr',
          schemaPath: '#/$defs/cidr/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.gateway_ip !== undefined && func0.call(data, 'gateway_ip')) {
      let data2 = data.gateway_ip;
      if (typeof data2 !== 'string' && data2 !== null) {
        const err6 = {
          instancePath: instancePath + '/gateway_ip',
          schemaPath: '#/$defs/ipv4_or_null/type',
          keyword: 'type',
          params: { type: schema73.type },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      if (typeof data2 === 'string') {
        if (!pattern25.test(data2)) {
          const err7 = {
            instancePath: instancePath + '/gateway_ip',
            schemaPath: '#/$defs/ipv4_or_null/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
    }
    if (data.address_scope !== undefined && func0.call(data, 'address_scope')) {
      let data3 = data.address_scope;
      if (typeof data3 === 'string') {
        if (!pattern6.test(data3)) {
          const err8 = {
            instancePath: instancePath + '/address_scope',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = {
          instancePath: instancePath + '/address_scope',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.allocation_pools !== undefined && func0.call(data, 'allocation_pools')) {
      let data4 = data.allocation_pools;
      if (Array.isArray(data4)) {
        const len0 = data4.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !validate35(data4[i0], {
              instancePath: instancePath + '/allocation_pools/' + i0,
              parentData: data4,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err10 = {
          instancePath: instancePath + '/allocation_pools',
          schemaPath: '#/properties/allocation_pools/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.enable_dhcp !== undefined && func0.call(data, 'enable_dhcp')) {
      if (typeof data.enable_dhcp !== 'boolean') {
        const err11 = {
          instancePath: instancePath + '/enable_dhcp',
          schemaPath: '#/properties/enable_dhcp/type',
          keyword: 'type',
          params: { type: 'boolean' },
        };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.dns_nameservers !== undefined && func0.call(data, 'dns_nameservers')) {
      let data7 = data.dns_nameservers;
      if (Array.isArray(data7)) {
        const len1 = data7.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data8 = data7[i1];
          if (typeof data8 === 'string') {
            if (!pattern25.test(data8)) {
              const err12 = {
                instancePath: instancePath + '/dns_nameservers/' + i1,
                schemaPath: '#/$defs/ipv4/pattern',
                keyword: 'pattern',
                params: {
                  pattern:
                    '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
                },
              };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          } else {
            const err13 = {
              instancePath: instancePath + '/dns_nameservers/' + i1,
              schemaPath: '#/$defs/ipv4/type',
              keyword: 'type',
              params: { type: 'string' },
            };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
      } else {
        const err14 = {
          instancePath: instancePath + '/dns_nameservers',
          schemaPath: '#/properties/dns_nameservers/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.host_routes !== undefined && func0.call(data, 'host_routes')) {
      let data9 = data.host_routes;
      if (Array.isArray(data9)) {
        const len2 = data9.length;
        for (let i2 = 0; i2 < len2; i2++) {
          if (
            !validate37(data9[i2], {
              instancePath: instancePath + '/host_routes/' + i2,
              parentData: data9,
              parentDataProperty: i2,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err15 = {
          instancePath: instancePath + '/host_routes',
          schemaPath: '#/properties/host_routes/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
  } else {
    const err16 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err16];
    } else {
      vErrors.push(err16);
    }
    errors++;
  }
  validate34.errors = vErrors;
  return errors === 0;
}
validate34.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate31(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate31.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.physical_network === undefined || !func0.call(data, 'physical_network')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'physical_network' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!func0.call(schema59.properties, key0)) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.id !== undefined && func0.call(data, 'id')) {
      let data0 = data.id;
      if (typeof data0 === 'string') {
        if (!pattern19.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/id',
            schemaPath: '#/$defs/uuid/pattern',
            keyword: 'pattern',
            params: { pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/id',
          schemaPath: '#/$defs/uuid/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.network_type !== undefined && func0.call(data, 'network_type')) {
      let data1 = data.network_type;
      if (typeof data1 !== 'string') {
        const err4 = {
          instancePath: instancePath + '/network_type',
          schemaPath: '#/properties/network_type/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      if (!(data1 === 'flat' || data1 === 'vlan')) {
        const err5 = {
          instancePath: instancePath + '/network_type',
          schemaPath: '#/properties/network_type/enum',
          keyword: 'enum',
          params: { allowedValues: schema59.properties.network_type.enum },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.segmentation_id !== undefined && func0.call(data, 'segmentation_id')) {
      let data2 = data.segmentation_id;
      if (!(typeof data2 == 'number' && !(data2 % 1) && !isNaN(data2) && isFinite(data2))) {
        const err6 = {
          instancePath: instancePath + '/segmentation_id',
          schemaPath: '#/properties/segmentation_id/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      if (typeof data2 == 'number' && isFinite(data2)) {
        if (data2 > 4094 || isNaN(data2)) {
          const err7 = {
            instancePath: instancePath + '/segmentation_id',
            schemaPath: '#/properties/segmentation_id/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 4094 },
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (data2 < 1 || isNaN(data2)) {
          const err8 = {
            instancePath: instancePath + '/segmentation_id',
            schemaPath: '#/properties/segmentation_id/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      }
    }
    if (data.physical_network !== undefined && func0.call(data, 'physical_network')) {
      let data3 = data.physical_network;
      if (typeof data3 === 'string') {
        if (!pattern6.test(data3)) {
          const err9 = {
            instancePath: instancePath + '/physical_network',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      } else {
        const err10 = {
          instancePath: instancePath + '/physical_network',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.external !== undefined && func0.call(data, 'external')) {
      if (typeof data.external !== 'boolean') {
        const err11 = {
          instancePath: instancePath + '/external',
          schemaPath: '#/properties/external/type',
          keyword: 'type',
          params: { type: 'boolean' },
        };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.mtu !== undefined && func0.call(data, 'mtu')) {
      let data5 = data.mtu;
      if (!(typeof data5 == 'number' && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
        const err12 = {
          instancePath: instancePath + '/mtu',
          schemaPath: '#/$defs/mtu/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
      if (typeof data5 == 'number' && isFinite(data5)) {
        if (data5 > 65535 || isNaN(data5)) {
          const err13 = {
            instancePath: instancePath + '/mtu',
            schemaPath: '#/$defs/mtu/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 65535 },
          };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
        if (data5 < 68 || isNaN(data5)) {
          const err14 = {
            instancePath: instancePath + '/mtu',
            schemaPath: '#/$defs/mtu/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 68 },
          };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
      }
    }
    if (data.dns_domain !== undefined && func0.call(data, 'dns_domain')) {
      let data6 = data.dns_domain;
      if (typeof data6 === 'string') {
        if (!pattern5.test(data6)) {
          const err15 = {
            instancePath: instancePath + '/dns_domain',
            schemaPath: '#/$defs/dns_domain/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?=.{1,189}$)(?!-)[a-z0-9-]{1,63}(?<!-)(?:\\.(?!-)[a-z0-9-]{1,63}(?<!-))*$' },
          };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
      } else {
        const err16 = {
          instancePath: instancePath + '/dns_domain',
          schemaPath: '#/$defs/dns_domain/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
    if (data.dhcp !== undefined && func0.call(data, 'dhcp')) {
      if (
        !validate32(data.dhcp, {
          instancePath: instancePath + '/dhcp',
          parentData: data,
          parentDataProperty: 'dhcp',
          rootData,
          dynamicAnchors,
        })
      ) {
        vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
        errors = vErrors.length;
      }
    }
    if (data.subnets !== undefined && func0.call(data, 'subnets')) {
      let data8 = data.subnets;
      if (data8 && typeof data8 == 'object' && !Array.isArray(data8)) {
        for (const key1 of Object.keys(data8)) {
          const _errs23 = errors;
          if (typeof key1 === 'string') {
            if (!pattern6.test(key1)) {
              const err17 = {
                instancePath: instancePath + '/subnets',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
          } else {
            const err18 = {
              instancePath: instancePath + '/subnets',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key1,
            };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
          var valid5 = _errs23 === errors;
          if (!valid5) {
            const err19 = {
              instancePath: instancePath + '/subnets',
              schemaPath: '#/properties/subnets/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key1 },
            };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
        }
        for (const key2 of Object.keys(data8)) {
          if (
            !validate34(data8[key2], {
              instancePath: instancePath + '/subnets/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data8,
              parentDataProperty: key2,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err20 = {
          instancePath: instancePath + '/subnets',
          schemaPath: '#/properties/subnets/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.port_security_enabled !== undefined && func0.call(data, 'port_security_enabled')) {
      if (typeof data.port_security_enabled !== 'boolean') {
        const err21 = {
          instancePath: instancePath + '/port_security_enabled',
          schemaPath: '#/properties/port_security_enabled/type',
          keyword: 'type',
          params: { type: 'boolean' },
        };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
  } else {
    const err22 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err22];
    } else {
      vErrors.push(err22);
    }
    errors++;
  }
  validate31.errors = vErrors;
  return errors === 0;
}
validate31.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema83 = {
  type: 'object',
  description: 'A router.',
  additionalProperties: false,
  required: ['node'],
  properties: {
    id: { $ref: '#/$defs/uuid', description: 'UUID of the router. Default: derived from the names.' },
    node: { $ref: '#/$defs/name', description: 'The node that runs the router. It needs role network.' },
    external_gateway: { $ref: '#/$defs/external_gateway', description: "The router's port on an external network." },
    interfaces: {
      type: 'object',
      description: "The router's ports on subnets. Keyed by the subnet's name.",
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: { $ref: '#/$defs/router_interface' },
    },
    routes: { type: 'array', description: 'Static routes of the router.', items: { $ref: '#/$defs/route' } },
  },
};
const schema86 = {
  type: 'object',
  description: "A router's port on an external network.",
  additionalProperties: false,
  required: ['network'],
  properties: {
    network: { $ref: '#/$defs/name', description: 'The external network.' },
    port_id: { $ref: '#/$defs/uuid', description: 'UUID of the port. Default: derived from the names.' },
    mac_address: { $ref: '#/$defs/mac', description: "MAC address of the port. Default: derived from the port's id." },
    fixed_ip_address: {
      $ref: '#/$defs/ipv4',
      description: 'Address of the port. Default: the lowest free one of the pools.',
    },
    fixed_ips: {
      type: 'array',
      description:
        "Addresses of the port where it has several, mostly one of each subnet; in place of `fixed_ip_address`. Traffic leaves with the first one, by the gateway of the last one's subnet. The network's other subnets are on the link.",
      items: { $ref: '#/$defs/ipv4' },
      minItems: 1,
    },
    enable_snat: {
      type: 'boolean',
      description: "Whether traffic without a floating IP leaves with the gateway's address.",
      default: true,
    },
  },
};

function validate42(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate42.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.network === undefined || !func0.call(data, 'network')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'network' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(
        key0 === 'network' ||
        key0 === 'port_id' ||
        key0 === 'mac_address' ||
        key0 === 'fixed_ip_address' ||
        key0 === 'fixed_ips' ||
        key0 === 'enable_snat'
      )) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.network !== undefined && func0.call(data, 'network')) {
      let data0 = data.network;
      if (typeof data0 === 'string') {
        if (!pattern6.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/network',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/network',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.port_id !== undefined && func0.call(data, 'port_id')) {
      let data1 = data.port_id;
      if (typeof data1 === 'string') {
        if (!pattern19.test(data1)) {
          const err4 = {
            instancePath: instancePath + '/port_id',
            schemaPath: '#/$defs/uuid/pattern',
            keyword: 'pattern',
            params: { pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = {
          instancePath: instancePath + '/port_id',
          schemaPath: '#/$defs/uuid/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.mac_address !== undefined && func0.call(data, 'mac_address')) {
      let data2 = data.mac_address;
      if (typeof data2 === 'string') {
        if (!pattern16.test(data2)) {
          const err6 = {
            instancePath: instancePath + '/mac_address',
            schemaPath: '#/$defs/mac/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?!00:00:00:00:00:00$)[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$' },
          };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = {
          instancePath: instancePath + '/mac_address',
          schemaPath: '#/$defs/mac/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.fixed_ip_address !== undefined && func0.call(data, 'fixed_ip_address')) {
      let data3 = data.fixed_ip_address;
      if (typeof data3 === 'string') {
        if (!pattern25.test(data3)) {
          const err8 = {
            instancePath: instancePath + '/fixed_ip_address',
            schemaPath: '#/$defs/ipv4/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = {
          instancePath: instancePath + '/fixed_ip_address',
          schemaPath: '#/$defs/ipv4/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.fixed_ips !== undefined && func0.call(data, 'fixed_ips')) {
      let data4 = data.fixed_ips;
      if (Array.isArray(data4)) {
        if (data4.length < 1) {
          const err10 = {
            instancePath: instancePath + '/fixed_ips',
            schemaPath: '#/properties/fixed_ips/minItems',
            keyword: 'minItems',
            params: { limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
        const len0 = data4.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data5 = data4[i0];
          if (typeof data5 === 'string') {
            if (!pattern25.test(data5)) {
              const err11 = {
                instancePath: instancePath + '/fixed_ips/' + i0,
                schemaPath: '#/$defs/ipv4/pattern',
                keyword: 'pattern',
                params: {
                  pattern:
                    '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
                },
              };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
          } else {
            const err12 = {
              instancePath: instancePath + '/fixed_ips/' + i0,
              schemaPath: '#/$defs/ipv4/type',
              keyword: 'type',
              params: { type: 'string' },
            };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
      } else {
        const err13 = {
          instancePath: instancePath + '/fixed_ips',
          schemaPath: '#/properties/fixed_ips/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.enable_snat !== undefined && func0.call(data, 'enable_snat')) {
      if (typeof data.enable_snat !== 'boolean') {
        const err14 = {
          instancePath: instancePath + '/enable_snat',
          schemaPath: '#/properties/enable_snat/type',
          keyword: 'type',
          params: { type: 'boolean' },
        };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
  } else {
    const err15 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err15];
    } else {
      vErrors.push(err15);
    }
    errors++;
  }
  validate42.errors = vErrors;
  return errors === 0;
}
validate42.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema93 = {
  type: 'object',
  description: "A router's port on a subnet.",
  additionalProperties: false,
  properties: {
    port_id: { $ref: '#/$defs/uuid', description: 'UUID of the port. Default: derived from the names.' },
    mac_address: { $ref: '#/$defs/mac', description: "MAC address of the port. Default: derived from the port's id." },
    fixed_ip_address: { $ref: '#/$defs/ipv4', description: "Address of the port. Default: the subnet's gateway_ip." },
  },
};

function validate44(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate44.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'port_id' || key0 === 'mac_address' || key0 === 'fixed_ip_address')) {
        const err0 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.port_id !== undefined && func0.call(data, 'port_id')) {
      let data0 = data.port_id;
      if (typeof data0 === 'string') {
        if (!pattern19.test(data0)) {
          const err1 = {
            instancePath: instancePath + '/port_id',
            schemaPath: '#/$defs/uuid/pattern',
            keyword: 'pattern',
            params: { pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
          };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = {
          instancePath: instancePath + '/port_id',
          schemaPath: '#/$defs/uuid/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.mac_address !== undefined && func0.call(data, 'mac_address')) {
      let data1 = data.mac_address;
      if (typeof data1 === 'string') {
        if (!pattern16.test(data1)) {
          const err3 = {
            instancePath: instancePath + '/mac_address',
            schemaPath: '#/$defs/mac/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?!00:00:00:00:00:00$)[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$' },
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + '/mac_address',
          schemaPath: '#/$defs/mac/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.fixed_ip_address !== undefined && func0.call(data, 'fixed_ip_address')) {
      let data2 = data.fixed_ip_address;
      if (typeof data2 === 'string') {
        if (!pattern25.test(data2)) {
          const err5 = {
            instancePath: instancePath + '/fixed_ip_address',
            schemaPath: '#/$defs/ipv4/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/fixed_ip_address',
          schemaPath: '#/$defs/ipv4/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
  } else {
    const err7 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err7];
    } else {
      vErrors.push(err7);
    }
    errors++;
  }
  validate44.errors = vErrors;
  return errors === 0;
}
validate44.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate41(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate41.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.node === undefined || !func0.call(data, 'node')) {
      const err0 = { instancePath, schemaPath: '#/required', keyword: 'required', params: { missingProperty: 'node' } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(
        key0 === 'id' ||
        key0 === 'node' ||
        key0 === 'external_gateway' ||
        key0 === 'interfaces' ||
        key0 === 'routes'
      )) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.id !== undefined && func0.call(data, 'id')) {
      let data0 = data.id;
      if (typeof data0 === 'string') {
        if (!pattern19.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/id',
            schemaPath: '#/$defs/uuid/pattern',
            keyword: 'pattern',
            params: { pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/id',
          schemaPath: '#/$defs/uuid/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.node !== undefined && func0.call(data, 'node')) {
      let data1 = data.node;
      if (typeof data1 === 'string') {
        if (!pattern6.test(data1)) {
          const err4 = {
            instancePath: instancePath + '/node',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = {
          instancePath: instancePath + '/node',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.external_gateway !== undefined && func0.call(data, 'external_gateway')) {
      if (
        !validate42(data.external_gateway, {
          instancePath: instancePath + '/external_gateway',
          parentData: data,
          parentDataProperty: 'external_gateway',
          rootData,
          dynamicAnchors,
        })
      ) {
        vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
        errors = vErrors.length;
      }
    }
    if (data.interfaces !== undefined && func0.call(data, 'interfaces')) {
      let data3 = data.interfaces;
      if (data3 && typeof data3 == 'object' && !Array.isArray(data3)) {
        for (const key1 of Object.keys(data3)) {
          const _errs11 = errors;
          if (typeof key1 === 'string') {
            if (!pattern6.test(key1)) {
              const err6 = {
                instancePath: instancePath + '/interfaces',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          } else {
            const err7 = {
              instancePath: instancePath + '/interfaces',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key1,
            };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
          var valid3 = _errs11 === errors;
          if (!valid3) {
            const err8 = {
              instancePath: instancePath + '/interfaces',
              schemaPath: '#/properties/interfaces/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key1 },
            };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
        for (const key2 of Object.keys(data3)) {
          if (
            !validate44(data3[key2], {
              instancePath: instancePath + '/interfaces/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data3,
              parentDataProperty: key2,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err9 = {
          instancePath: instancePath + '/interfaces',
          schemaPath: '#/properties/interfaces/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.routes !== undefined && func0.call(data, 'routes')) {
      let data5 = data.routes;
      if (Array.isArray(data5)) {
        const len0 = data5.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !validate37(data5[i0], {
              instancePath: instancePath + '/routes/' + i0,
              parentData: data5,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err10 = {
          instancePath: instancePath + '/routes',
          schemaPath: '#/properties/routes/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
  } else {
    const err11 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  }
  validate41.errors = vErrors;
  return errors === 0;
}
validate41.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema98 = {
  type: 'object',
  description:
    "A security group: what may reach the ports that are in it and what they may send. What no rule of a port's groups allows is dropped; answers to what was allowed pass.",
  additionalProperties: false,
  properties: {
    id: { $ref: '#/$defs/uuid', description: 'UUID of the group. Default: derived from the names.' },
    stateful: {
      type: 'boolean',
      description:
        'false: answers are not let through by themselves, every direction takes a rule. A port is stateless when all its groups are.',
      default: true,
    },
    default_rules: {
      type: 'boolean',
      description:
        'The rules Neutron gives a new group: everything may leave, over IPv4 and IPv6, and in the group `default` its members may also reach each other. false: without them.',
      default: true,
    },
    rules: {
      type: 'array',
      description: 'What is allowed, beside the default rules.',
      items: { $ref: '#/$defs/security_group_rule' },
    },
  },
};
const schema100 = {
  type: 'object',
  description: 'A rule of a security group, as in the Neutron API: it allows.',
  additionalProperties: false,
  required: ['direction'],
  properties: {
    direction: {
      type: 'string',
      description: 'ingress: into the instance; egress: out of it.',
      enum: ['ingress', 'egress'],
    },
    ethertype: { type: 'string', description: 'IPv4 or IPv6.', enum: ['IPv4', 'IPv6'], default: 'IPv4' },
    protocol: { $ref: '#/$defs/ip_protocol', description: 'The IP protocol, by name or number. Default: any.' },
    port_range_min: {
      type: 'integer',
      description:
        'The first port, of the instance where direction is ingress, of the other side where it is egress. For icmp: the type.',
      minimum: 0,
      maximum: 65535,
    },
    port_range_max: {
      type: 'integer',
      description: 'The last port. For icmp: the code; without it, any.',
      minimum: 0,
      maximum: 65535,
    },
    remote_ip_prefix: { $ref: '#/$defs/ip_prefix', description: 'The other side, by its addresses. Default: anybody.' },
    remote_group: {
      $ref: '#/$defs/name',
      description: 'The other side: the ports that are in this group. In place of `remote_ip_prefix`.',
    },
  },
};
const schema101 = {
  type: ['string', 'integer'],
  description:
    'An IP protocol: a name Neutron knows (tcp, udp, icmp, sctp, gre, vrrp, ...; any for all) or its number.',
  pattern:
    '^(?:any|ah|dccp|egp|esp|gre|hopopt|icmp|icmpv6|igmp|ip|ipip|ipv6-encap|ipv6-frag|ipv6-icmp|ipv6-nonxt|ipv6-opts|ipv6-route|ospf|pgm|rsvp|sctp|tcp|udp|udplite|vrrp|25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
  minimum: 0,
  maximum: 255,
};
const schema102 = {
  type: 'string',
  description: 'An IPv4 or IPv6 network, such as 192.0.2.0/24 or 2001:db8::/32.',
  pattern:
    '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(?:3[0-2]|[12]?[0-9])|(?=[0-9a-f.]*:)[0-9a-f:.]{2,45}/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))$',
};
const pattern50 = new RegExp(
  '^(?:any|ah|dccp|egp|esp|gre|hopopt|icmp|icmpv6|igmp|ip|ipip|ipv6-encap|ipv6-frag|ipv6-icmp|ipv6-nonxt|ipv6-opts|ipv6-route|ospf|pgm|rsvp|sctp|tcp|udp|udplite|vrrp|25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
  'u',
);
const pattern51 = new RegExp(
  '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(?:3[0-2]|[12]?[0-9])|(?=[0-9a-f.]*:)[0-9a-f:.]{2,45}/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))$',
  'u',
);

function validate49(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate49.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.direction === undefined || !func0.call(data, 'direction')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'direction' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(
        key0 === 'direction' ||
        key0 === 'ethertype' ||
        key0 === 'protocol' ||
        key0 === 'port_range_min' ||
        key0 === 'port_range_max' ||
        key0 === 'remote_ip_prefix' ||
        key0 === 'remote_group'
      )) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.direction !== undefined && func0.call(data, 'direction')) {
      let data0 = data.direction;
      if (typeof data0 !== 'string') {
        const err2 = {
          instancePath: instancePath + '/direction',
          schemaPath: '#/properties/direction/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
      if (!(data0 === 'ingress' || data0 === 'egress')) {
        const err3 = {
          instancePath: instancePath + '/direction',
          schemaPath: '#/properties/direction/enum',
          keyword: 'enum',
          params: { allowedValues: schema100.properties.direction.enum },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.ethertype !== undefined && func0.call(data, 'ethertype')) {
      let data1 = data.ethertype;
      if (typeof data1 !== 'string') {
        const err4 = {
          instancePath: instancePath + '/ethertype',
          schemaPath: '#/properties/ethertype/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      if (!(data1 === 'IPv4' || data1 === 'IPv6')) {
        const err5 = {
          instancePath: instancePath + '/ethertype',
          schemaPath: '#/properties/ethertype/enum',
          keyword: 'enum',
          params: { allowedValues: schema100.properties.ethertype.enum },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.protocol !== undefined && func0.call(data, 'protocol')) {
      let data2 = data.protocol;
      if (
        typeof data2 !== 'string' &&
        !(typeof data2 == 'number' && !(data2 % 1) && !isNaN(data2) && isFinite(data2))
      ) {
        const err6 = {
          instancePath: instancePath + '/protocol',
          schemaPath: '#/$defs/ip_protocol/type',
          keyword: 'type',
          params: { type: schema101.type },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      if (typeof data2 == 'number' && isFinite(data2)) {
        if (data2 > 255 || isNaN(data2)) {
          const err7 = {
            instancePath: instancePath + '/protocol',
            schemaPath: '#/$defs/ip_protocol/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 255 },
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (data2 < 0 || isNaN(data2)) {
          const err8 = {
            instancePath: instancePath + '/protocol',
            schemaPath: '#/$defs/ip_protocol/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 0 },
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      }
      if (typeof data2 === 'string') {
        if (!pattern50.test(data2)) {
          const err9 = {
            instancePath: instancePath + '/protocol',
            schemaPath: '#/$defs/ip_protocol/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:any|ah|dccp|egp|esp|gre|hopopt|icmp|icmpv6|igmp|ip|ipip|ipv6-encap|ipv6-frag|ipv6-icmp|ipv6-nonxt|ipv6-opts|ipv6-route|ospf|pgm|rsvp|sctp|tcp|udp|udplite|vrrp|25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      }
    }
    if (data.port_range_min !== undefined && func0.call(data, 'port_range_min')) {
      let data3 = data.port_range_min;
      if (!(typeof data3 == 'number' && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
        const err10 = {
          instancePath: instancePath + '/port_range_min',
          schemaPath: '#/properties/port_range_min/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
      if (typeof data3 == 'number' && isFinite(data3)) {
        if (data3 > 65535 || isNaN(data3)) {
          const err11 = {
            instancePath: instancePath + '/port_range_min',
            schemaPath: '#/properties/port_range_min/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 65535 },
          };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
        if (data3 < 0 || isNaN(data3)) {
          const err12 = {
            instancePath: instancePath + '/port_range_min',
            schemaPath: '#/properties/port_range_min/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 0 },
          };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      }
    }
    if (data.port_range_max !== undefined && func0.call(data, 'port_range_max')) {
      let data4 = data.port_range_max;
      if (!(typeof data4 == 'number' && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
        const err13 = {
          instancePath: instancePath + '/port_range_max',
          schemaPath: '#/properties/port_range_max/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
      if (typeof data4 == 'number' && isFinite(data4)) {
        if (data4 > 65535 || isNaN(data4)) {
          const err14 = {
            instancePath: instancePath + '/port_range_max',
            schemaPath: '#/properties/port_range_max/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 65535 },
          };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
        if (data4 < 0 || isNaN(data4)) {
          const err15 = {
            instancePath: instancePath + '/port_range_max',
            schemaPath: '#/properties/port_range_max/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 0 },
          };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
      }
    }
    if (data.remote_ip_prefix !== undefined && func0.call(data, 'remote_ip_prefix')) {
      let data5 = data.remote_ip_prefix;
      if (typeof data5 === 'string') {
        if (!pattern51.test(data5)) {
          const err16 = {
            instancePath: instancePath + '/remote_ip_prefix',
            schemaPath: '#/$defs/ip_prefix/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(?:3[0-2]|[12]?[0-9])|(?=[0-9a-f.]*:)[0-9a-f:.]{2,45}/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))$',
            },
          };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      } else {
        const err17 = {
          instancePath: instancePath + '/remote_ip_prefix',
          schemaPath: '#/$defs/ip_prefix/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.remote_group !== undefined && func0.call(data, 'remote_group')) {
      let data6 = data.remote_group;
      if (typeof data6 === 'string') {
        if (!pattern6.test(data6)) {
          const err18 = {
            instancePath: instancePath + '/remote_group',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
      } else {
        const err19 = {
          instancePath: instancePath + '/remote_group',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
  } else {
    const err20 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err20];
    } else {
      vErrors.push(err20);
    }
    errors++;
  }
  validate49.errors = vErrors;
  return errors === 0;
}
validate49.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate48(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate48.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'id' || key0 === 'stateful' || key0 === 'default_rules' || key0 === 'rules')) {
        const err0 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.id !== undefined && func0.call(data, 'id')) {
      let data0 = data.id;
      if (typeof data0 === 'string') {
        if (!pattern19.test(data0)) {
          const err1 = {
            instancePath: instancePath + '/id',
            schemaPath: '#/$defs/uuid/pattern',
            keyword: 'pattern',
            params: { pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
          };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = {
          instancePath: instancePath + '/id',
          schemaPath: '#/$defs/uuid/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.stateful !== undefined && func0.call(data, 'stateful')) {
      if (typeof data.stateful !== 'boolean') {
        const err3 = {
          instancePath: instancePath + '/stateful',
          schemaPath: '#/properties/stateful/type',
          keyword: 'type',
          params: { type: 'boolean' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.default_rules !== undefined && func0.call(data, 'default_rules')) {
      if (typeof data.default_rules !== 'boolean') {
        const err4 = {
          instancePath: instancePath + '/default_rules',
          schemaPath: '#/properties/default_rules/type',
          keyword: 'type',
          params: { type: 'boolean' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.rules !== undefined && func0.call(data, 'rules')) {
      let data3 = data.rules;
      if (Array.isArray(data3)) {
        const len0 = data3.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !validate49(data3[i0], {
              instancePath: instancePath + '/rules/' + i0,
              parentData: data3,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err5 = {
          instancePath: instancePath + '/rules',
          schemaPath: '#/properties/rules/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
  } else {
    const err6 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err6];
    } else {
      vErrors.push(err6);
    }
    errors++;
  }
  validate48.errors = vErrors;
  return errors === 0;
}
validate48.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema105 = {
  type: 'object',
  description: 'A guest.',
  additionalProperties: false,
  required: ['node'],
  properties: {
    node: { $ref: '#/$defs/name', description: 'The node the instance runs on. It needs role compute.' },
    attach: {
      type: 'string',
      description:
        'lab: the lab stands in for the guest; tap: netloom makes the tap, and somebody else (a hypervisor) the guest.',
      enum: ['lab', 'tap'],
      default: 'lab',
    },
    listen: {
      type: 'array',
      description: "TCP ports the lab's stand-in answers on.",
      items: { $ref: '#/$defs/tcp_port' },
    },
    ports: {
      type: 'object',
      description: "Ports of the instance. Keyed by the device's name inside the guest.",
      propertyNames: { $ref: '#/$defs/device_name' },
      additionalProperties: { $ref: '#/$defs/port' },
    },
    metadata: {
      $ref: '#/$defs/metadata',
      description:
        'What 169.254.169.254 tells the guest of itself, as cloud-init asks for it. Without it the guest gets no metadata.',
    },
  },
};
const schema109 = {
  type: 'object',
  description: 'A port of an instance.',
  additionalProperties: false,
  required: ['network'],
  properties: {
    id: { $ref: '#/$defs/uuid', description: 'UUID of the port. Default: derived from the names.' },
    network: { $ref: '#/$defs/name', description: 'The network the port is on.' },
    fixed_ip_address: {
      $ref: '#/$defs/ipv4',
      description: 'Address of the port. Default: the lowest free one of the pools.',
    },
    fixed_ips: {
      type: 'array',
      description:
        'Addresses of the port where it has several, of one subnet of its network or of more; in place of `fixed_ip_address`. The first is the one the instance is asked at.',
      items: { $ref: '#/$defs/ipv4' },
      minItems: 1,
    },
    mac_address: {
      $ref: '#/$defs/mac',
      description: "MAC address of the guest's device. Default: derived from the port's id.",
    },
    dns_name: {
      $ref: '#/$defs/dns_label',
      description:
        "Name the network's DHCP server resolves to the port's addresses and tells the guest. Default: host- and the address with dashes, for each address its own.",
    },
    extra_dhcp_opts: {
      type: 'array',
      description: 'DHCP options for this port alone, in place of or beside those of its subnet.',
      items: { $ref: '#/$defs/extra_dhcp_opt' },
    },
    security_groups: {
      type: 'array',
      description:
        'The security groups the port is in. Default: `default`, the group that is always there. An empty list: in none, so nothing but DHCP passes.',
      items: { $ref: '#/$defs/name' },
    },
    port_security_enabled: {
      type: 'boolean',
      description:
        'false: nothing is filtered, neither by groups nor against forged addresses. Default: as its network says.',
    },
    allowed_address_pairs: {
      type: 'array',
      description:
        'Addresses the port may use beside its own: that of a virtual router (VRRP), those of what is behind it.',
      items: { $ref: '#/$defs/address_pair' },
    },
  },
};
const schema115 = {
  type: 'string',
  description:
    'One label of a DNS name: lower-case letters, digits and dashes, not only digits, and not one of the names host-10-0-0-1 that ports without a name have.',
  pattern: '^(?!host(?:-[0-9]{1,3}){4}$)(?![0-9]+$)(?!-)[a-z0-9-]{1,63}(?<!-)$',
};
const pattern61 = new RegExp('^(?!host(?:-[0-9]{1,3}){4}$)(?![0-9]+$)(?!-)[a-z0-9-]{1,63}(?<!-)$', 'u');
const schema116 = {
  type: 'object',
  description: 'A DHCP option of one port, as in the Neutron API.',
  additionalProperties: false,
  required: ['opt_name', 'opt_value'],
  properties: {
    opt_name: {
      $ref: '#/$defs/dhcp_opt_name',
      description:
        "Which option: its name or number. client-id says by which client identifier the port's guest is known.",
    },
    opt_value: { $ref: '#/$defs/dhcp_opt_value', description: "The option's value, as dnsmasq takes it." },
    ip_version: { type: 'integer', description: 'Only 4, as everything here.', enum: [4], default: 4 },
  },
};
const schema117 = {
  type: 'string',
  description:
    'DHCP option as dnsmasq names it (`dnsmasq --help dhcp` lists them), or its number from 1 to 254. With `tag:ipxe,` or `tag:!ipxe,` before it, only for clients that are iPXE or are not.',
  pattern:
    '^(?:tag:!?ipxe,)?(?:[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-4]|netmask|time-offset|router|dns-server|log-server|lpr-server|boot-file-size|domain-name|swap-server|root-path|extension-path|ip-forward-enable|non-local-source-routing|policy-filter|max-datagram-reassembly|default-ttl|mtu|all-subnets-local|router-discovery|router-solicitation|static-route|trailer-encapsulation|arp-timeout|ethernet-encap|tcp-ttl|tcp-keepalive|nis-domain|nis-server|ntp-server|netbios-ns|netbios-dd|netbios-nodetype|netbios-scope|x-windows-fs|x-windows-dm|T1|T2|vendor-class|client-id|nis\\+-domain|nis\\+-server|tftp-server|bootfile-name|mobile-ip-home|smtp-server|pop3-server|nntp-server|irc-server|user-class|client-arch|posix-timezone|tzdb-timezone|domain-search|sip-server|classless-static-route|tftp-server-address|server-ip-address)$',
};
const schema118 = {
  type: 'string',
  description:
    'Value of a DHCP option: letters, digits and `_ . / : ~ + @ = , ? & -`, not beginning with `-`; 255 characters at most. Commas stand between several values.',
  pattern: '^[A-Za-z0-9_./:~+@=,?&][A-Za-z0-9_./:~+@=,?&-]{0,254}$',
};
const pattern62 = new RegExp(
  '^(?:tag:!?ipxe,)?(?:[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-4]|netmask|time-offset|router|dns-server|log-server|lpr-server|boot-file-size|domain-name|swap-server|root-path|extension-path|ip-forward-enable|non-local-source-routing|policy-filter|max-datagram-reassembly|default-ttl|mtu|all-subnets-local|router-discovery|router-solicitation|static-route|trailer-encapsulation|arp-timeout|ethernet-encap|tcp-ttl|tcp-keepalive|nis-domain|nis-server|ntp-server|netbios-ns|netbios-dd|netbios-nodetype|netbios-scope|x-windows-fs|x-windows-dm|T1|T2|vendor-class|client-id|nis\\+-domain|nis\\+-server|tftp-server|bootfile-name|mobile-ip-home|smtp-server|pop3-server|nntp-server|irc-server|user-class|client-arch|posix-timezone|tzdb-timezone|domain-search|sip-server|classless-static-route|tftp-server-address|server-ip-address)$',
  'u',
);
const pattern63 = new RegExp('^[A-Za-z0-9_./:~+@=,?&][A-Za-z0-9_./:~+@=,?&-]{0,254}$', 'u');

function validate54(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate54.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.opt_name === undefined || !func0.call(data, 'opt_name')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'opt_name' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.opt_value === undefined || !func0.call(data, 'opt_value')) {
      const err1 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'opt_value' },
      };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'opt_name' || key0 === 'opt_value' || key0 === 'ip_version')) {
        const err2 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.opt_name !== undefined && func0.call(data, 'opt_name')) {
      let data0 = data.opt_name;
      if (typeof data0 === 'string') {
        if (!pattern62.test(data0)) {
          const err3 = {
            instancePath: instancePath + '/opt_name',
            schemaPath: '#/$defs/dhcp_opt_name/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:tag:!?ipxe,)?(?:[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-4]|netmask|time-offset|router|dns-server|log-server|lpr-server|boot-file-size|domain-name|swap-server|root-path|extension-path|ip-forward-enable|non-local-source-routing|policy-filter|max-datagram-reassembly|default-ttl|mtu|all-subnets-local|router-discovery|router-solicitation|static-route|trailer-encapsulation|arp-timeout|ethernet-encap|tcp-ttl|tcp-keepalive|nis-domain|nis-server|ntp-server|netbios-ns|netbios-dd|netbios-nodetype|netbios-scope|x-windows-fs|x-windows-dm|T1|T2|vendor-class|client-id|nis\\+-domain|nis\\+-server|tftp-server|bootfile-name|mobile-ip-home|smtp-server|pop3-server|nntp-server|irc-server|user-class|client-arch|posix-timezone|tzdb-timezone|domain-search|sip-server|classless-static-route|tftp-server-address|server-ip-address)$',
            },
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + '/opt_name',
          schemaPath: '#/$defs/dhcp_opt_name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.opt_value !== undefined && func0.call(data, 'opt_value')) {
      let data1 = data.opt_value;
      if (typeof data1 === 'string') {
        if (!pattern63.test(data1)) {
          const err5 = {
            instancePath: instancePath + '/opt_value',
            schemaPath: '#/$defs/dhcp_opt_value/pattern',
            keyword: 'pattern',
            params: { pattern: '^[A-Za-z0-9_./:~+@=,?&][A-Za-z0-9_./:~+@=,?&-]{0,254}$' },
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/opt_value',
          schemaPath: '#/$defs/dhcp_opt_value/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.ip_version !== undefined && func0.call(data, 'ip_version')) {
      let data2 = data.ip_version;
      if (!(typeof data2 == 'number' && !(data2 % 1) && !isNaN(data2) && isFinite(data2))) {
        const err7 = {
          instancePath: instancePath + '/ip_version',
          schemaPath: '#/properties/ip_version/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
      if (!(data2 === 4)) {
        const err8 = {
          instancePath: instancePath + '/ip_version',
          schemaPath: '#/properties/ip_version/enum',
          keyword: 'enum',
          params: { allowedValues: schema116.properties.ip_version.enum },
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
  } else {
    const err9 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err9];
    } else {
      vErrors.push(err9);
    }
    errors++;
  }
  validate54.errors = vErrors;
  return errors === 0;
}
validate54.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema120 = {
  type: 'object',
  description: 'An address, or a network, that a port may use beside its own.',
  additionalProperties: false,
  required: ['ip_address'],
  properties: {
    ip_address: { $ref: '#/$defs/ip_or_prefix', description: 'The address or network.' },
    mac_address: { $ref: '#/$defs/mac', description: "The MAC it is used with. Default: the port's own." },
  },
};
const schema121 = {
  type: 'string',
  description: 'An IPv4 or IPv6 address or network, such as 192.0.2.7 or 2001:db8::/64.',
  pattern:
    '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:/(?:3[0-2]|[12]?[0-9]))?|(?=[0-9a-f.]*:)[0-9a-f:.]{2,45}(?:/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$',
};
const pattern65 = new RegExp(
  '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:/(?:3[0-2]|[12]?[0-9]))?|(?=[0-9a-f.]*:)[0-9a-f:.]{2,45}(?:/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$',
  'u',
);

function validate56(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate56.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.ip_address === undefined || !func0.call(data, 'ip_address')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'ip_address' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'ip_address' || key0 === 'mac_address')) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.ip_address !== undefined && func0.call(data, 'ip_address')) {
      let data0 = data.ip_address;
      if (typeof data0 === 'string') {
        if (!pattern65.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/ip_address',
            schemaPath: '#/$defs/ip_or_prefix/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:/(?:3[0-2]|[12]?[0-9]))?|(?=[0-9a-f.]*:)[0-9a-f:.]{2,45}(?:/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$',
            },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/ip_address',
          schemaPath: '#/$defs/ip_or_prefix/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.mac_address !== undefined && func0.call(data, 'mac_address')) {
      let data1 = data.mac_address;
      if (typeof data1 === 'string') {
        if (!pattern16.test(data1)) {
          const err4 = {
            instancePath: instancePath + '/mac_address',
            schemaPath: '#/$defs/mac/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?!00:00:00:00:00:00$)[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$' },
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = {
          instancePath: instancePath + '/mac_address',
          schemaPath: '#/$defs/mac/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
  } else {
    const err6 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err6];
    } else {
      vErrors.push(err6);
    }
    errors++;
  }
  validate56.errors = vErrors;
  return errors === 0;
}
validate56.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate53(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate53.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.network === undefined || !func0.call(data, 'network')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'network' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!func0.call(schema109.properties, key0)) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.id !== undefined && func0.call(data, 'id')) {
      let data0 = data.id;
      if (typeof data0 === 'string') {
        if (!pattern19.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/id',
            schemaPath: '#/$defs/uuid/pattern',
            keyword: 'pattern',
            params: { pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/id',
          schemaPath: '#/$defs/uuid/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.network !== undefined && func0.call(data, 'network')) {
      let data1 = data.network;
      if (typeof data1 === 'string') {
        if (!pattern6.test(data1)) {
          const err4 = {
            instancePath: instancePath + '/network',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = {
          instancePath: instancePath + '/network',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.fixed_ip_address !== undefined && func0.call(data, 'fixed_ip_address')) {
      let data2 = data.fixed_ip_address;
      if (typeof data2 === 'string') {
        if (!pattern25.test(data2)) {
          const err6 = {
            instancePath: instancePath + '/fixed_ip_address',
            schemaPath: '#/$defs/ipv4/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = {
          instancePath: instancePath + '/fixed_ip_address',
          schemaPath: '#/$defs/ipv4/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.fixed_ips !== undefined && func0.call(data, 'fixed_ips')) {
      let data3 = data.fixed_ips;
      if (Array.isArray(data3)) {
        if (data3.length < 1) {
          const err8 = {
            instancePath: instancePath + '/fixed_ips',
            schemaPath: '#/properties/fixed_ips/minItems',
            keyword: 'minItems',
            params: { limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
        const len0 = data3.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data4 = data3[i0];
          if (typeof data4 === 'string') {
            if (!pattern25.test(data4)) {
              const err9 = {
                instancePath: instancePath + '/fixed_ips/' + i0,
                schemaPath: '#/$defs/ipv4/pattern',
                keyword: 'pattern',
                params: {
                  pattern:
                    '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
                },
              };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
          } else {
            const err10 = {
              instancePath: instancePath + '/fixed_ips/' + i0,
              schemaPath: '#/$defs/ipv4/type',
              keyword: 'type',
              params: { type: 'string' },
            };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
      } else {
        const err11 = {
          instancePath: instancePath + '/fixed_ips',
          schemaPath: '#/properties/fixed_ips/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.mac_address !== undefined && func0.call(data, 'mac_address')) {
      let data5 = data.mac_address;
      if (typeof data5 === 'string') {
        if (!pattern16.test(data5)) {
          const err12 = {
            instancePath: instancePath + '/mac_address',
            schemaPath: '#/$defs/mac/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?!00:00:00:00:00:00$)[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$' },
          };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      } else {
        const err13 = {
          instancePath: instancePath + '/mac_address',
          schemaPath: '#/$defs/mac/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.dns_name !== undefined && func0.call(data, 'dns_name')) {
      let data6 = data.dns_name;
      if (typeof data6 === 'string') {
        if (!pattern61.test(data6)) {
          const err14 = {
            instancePath: instancePath + '/dns_name',
            schemaPath: '#/$defs/dns_label/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?!host(?:-[0-9]{1,3}){4}$)(?![0-9]+$)(?!-)[a-z0-9-]{1,63}(?<!-)$' },
          };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
      } else {
        const err15 = {
          instancePath: instancePath + '/dns_name',
          schemaPath: '#/$defs/dns_label/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.extra_dhcp_opts !== undefined && func0.call(data, 'extra_dhcp_opts')) {
      let data7 = data.extra_dhcp_opts;
      if (Array.isArray(data7)) {
        const len1 = data7.length;
        for (let i1 = 0; i1 < len1; i1++) {
          if (
            !validate54(data7[i1], {
              instancePath: instancePath + '/extra_dhcp_opts/' + i1,
              parentData: data7,
              parentDataProperty: i1,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err16 = {
          instancePath: instancePath + '/extra_dhcp_opts',
          schemaPath: '#/properties/extra_dhcp_opts/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
    if (data.security_groups !== undefined && func0.call(data, 'security_groups')) {
      let data9 = data.security_groups;
      if (Array.isArray(data9)) {
        const len2 = data9.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data10 = data9[i2];
          if (typeof data10 === 'string') {
            if (!pattern6.test(data10)) {
              const err17 = {
                instancePath: instancePath + '/security_groups/' + i2,
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
              };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
          } else {
            const err18 = {
              instancePath: instancePath + '/security_groups/' + i2,
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
            };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
      } else {
        const err19 = {
          instancePath: instancePath + '/security_groups',
          schemaPath: '#/properties/security_groups/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.port_security_enabled !== undefined && func0.call(data, 'port_security_enabled')) {
      if (typeof data.port_security_enabled !== 'boolean') {
        const err20 = {
          instancePath: instancePath + '/port_security_enabled',
          schemaPath: '#/properties/port_security_enabled/type',
          keyword: 'type',
          params: { type: 'boolean' },
        };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.allowed_address_pairs !== undefined && func0.call(data, 'allowed_address_pairs')) {
      let data12 = data.allowed_address_pairs;
      if (Array.isArray(data12)) {
        const len3 = data12.length;
        for (let i3 = 0; i3 < len3; i3++) {
          if (
            !validate56(data12[i3], {
              instancePath: instancePath + '/allowed_address_pairs/' + i3,
              parentData: data12,
              parentDataProperty: i3,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err21 = {
          instancePath: instancePath + '/allowed_address_pairs',
          schemaPath: '#/properties/allowed_address_pairs/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
  } else {
    const err22 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err22];
    } else {
      vErrors.push(err22);
    }
    errors++;
  }
  validate53.errors = vErrors;
  return errors === 0;
}
validate53.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema123 = {
  type: 'object',
  description:
    'What an instance is told of itself. The rest (addresses, MACs, routes, name servers) is taken from its ports.',
  additionalProperties: false,
  properties: {
    hostname: {
      $ref: '#/$defs/hostname',
      description: "Host name of the guest. Default: the instance's name in lower case, with `-` for `_`.",
    },
    public_keys: {
      type: 'object',
      description: "SSH public keys that may log in. Keyed by the key's name.",
      propertyNames: { $ref: '#/$defs/key_name' },
      additionalProperties: { $ref: '#/$defs/ssh_public_key' },
    },
    user_data: { type: 'string', description: 'User data as text, for example a #cloud-config; 64 kB at most.' },
    user_data_base64: {
      type: 'string',
      description: 'User data as base64, in place of `user_data`, for what is no text; 64 kB at most when decoded.',
    },
  },
};
const schema124 = {
  type: 'string',
  description: 'Host name: labels of letters, digits and `-` with dots between them, 253 characters at most.',
  pattern:
    '^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$',
};
const schema125 = {
  type: 'string',
  description:
    'Name of an SSH key: letters, digits, spaces and `_ . @ + -`, beginning with a letter or digit, 255 characters at most.',
  pattern: '^[A-Za-z0-9][A-Za-z0-9 _.@+-]{0,254}$',
};
const schema126 = {
  type: 'string',
  description:
    'SSH public key as in authorized_keys, in one line: type, key in base64, comment. 8192 characters at most.',
  pattern:
    '^(?=.{1,8192}$)(?:ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,3}(?: [^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*)?$',
};
const pattern67 = new RegExp(
  '^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$',
  'u',
);
const pattern68 = new RegExp('^[A-Za-z0-9][A-Za-z0-9 _.@+-]{0,254}$', 'u');
const pattern69 = new RegExp(
  '^(?=.{1,8192}$)(?:ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,3}(?: [^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*)?$',
  'u',
);

function validate59(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate59.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'hostname' || key0 === 'public_keys' || key0 === 'user_data' || key0 === 'user_data_base64')) {
        const err0 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.hostname !== undefined && func0.call(data, 'hostname')) {
      let data0 = data.hostname;
      if (typeof data0 === 'string') {
        if (!pattern67.test(data0)) {
          const err1 = {
            instancePath: instancePath + '/hostname',
            schemaPath: '#/$defs/hostname/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$',
            },
          };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = {
          instancePath: instancePath + '/hostname',
          schemaPath: '#/$defs/hostname/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.public_keys !== undefined && func0.call(data, 'public_keys')) {
      let data1 = data.public_keys;
      if (data1 && typeof data1 == 'object' && !Array.isArray(data1)) {
        for (const key1 of Object.keys(data1)) {
          const _errs7 = errors;
          if (typeof key1 === 'string') {
            if (!pattern68.test(key1)) {
              const err3 = {
                instancePath: instancePath + '/public_keys',
                schemaPath: '#/$defs/key_name/pattern',
                keyword: 'pattern',
                params: { pattern: '^[A-Za-z0-9][A-Za-z0-9 _.@+-]{0,254}$' },
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err3];
              } else {
                vErrors.push(err3);
              }
              errors++;
            }
          } else {
            const err4 = {
              instancePath: instancePath + '/public_keys',
              schemaPath: '#/$defs/key_name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key1,
            };
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
          var valid2 = _errs7 === errors;
          if (!valid2) {
            const err5 = {
              instancePath: instancePath + '/public_keys',
              schemaPath: '#/properties/public_keys/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key1 },
            };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
        for (const key2 of Object.keys(data1)) {
          let data2 = data1[key2];
          if (typeof data2 === 'string') {
            if (!pattern69.test(data2)) {
              const err6 = {
                instancePath: instancePath + '/public_keys/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
                schemaPath: '#/$defs/ssh_public_key/pattern',
                keyword: 'pattern',
                params: {
                  pattern:
                    '^(?=.{1,8192}$)(?:ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,3}(?: [^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*)?$',
                },
              };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          } else {
            const err7 = {
              instancePath: instancePath + '/public_keys/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
              schemaPath: '#/$defs/ssh_public_key/type',
              keyword: 'type',
              params: { type: 'string' },
            };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
        }
      } else {
        const err8 = {
          instancePath: instancePath + '/public_keys',
          schemaPath: '#/properties/public_keys/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.user_data !== undefined && func0.call(data, 'user_data')) {
      if (typeof data.user_data !== 'string') {
        const err9 = {
          instancePath: instancePath + '/user_data',
          schemaPath: '#/properties/user_data/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.user_data_base64 !== undefined && func0.call(data, 'user_data_base64')) {
      if (typeof data.user_data_base64 !== 'string') {
        const err10 = {
          instancePath: instancePath + '/user_data_base64',
          schemaPath: '#/properties/user_data_base64/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
  } else {
    const err11 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  }
  validate59.errors = vErrors;
  return errors === 0;
}
validate59.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate52(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate52.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.node === undefined || !func0.call(data, 'node')) {
      const err0 = { instancePath, schemaPath: '#/required', keyword: 'required', params: { missingProperty: 'node' } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'node' || key0 === 'attach' || key0 === 'listen' || key0 === 'ports' || key0 === 'metadata')) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.node !== undefined && func0.call(data, 'node')) {
      let data0 = data.node;
      if (typeof data0 === 'string') {
        if (!pattern6.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/node',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/node',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.attach !== undefined && func0.call(data, 'attach')) {
      let data1 = data.attach;
      if (typeof data1 !== 'string') {
        const err4 = {
          instancePath: instancePath + '/attach',
          schemaPath: '#/properties/attach/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      if (!(data1 === 'lab' || data1 === 'tap')) {
        const err5 = {
          instancePath: instancePath + '/attach',
          schemaPath: '#/properties/attach/enum',
          keyword: 'enum',
          params: { allowedValues: schema105.properties.attach.enum },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.listen !== undefined && func0.call(data, 'listen')) {
      let data2 = data.listen;
      if (Array.isArray(data2)) {
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data3 = data2[i0];
          if (!(typeof data3 == 'number' && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
            const err6 = {
              instancePath: instancePath + '/listen/' + i0,
              schemaPath: '#/$defs/tcp_port/type',
              keyword: 'type',
              params: { type: 'integer' },
            };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
          if (typeof data3 == 'number' && isFinite(data3)) {
            if (data3 > 65535 || isNaN(data3)) {
              const err7 = {
                instancePath: instancePath + '/listen/' + i0,
                schemaPath: '#/$defs/tcp_port/maximum',
                keyword: 'maximum',
                params: { comparison: '<=', limit: 65535 },
              };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            if (data3 < 1 || isNaN(data3)) {
              const err8 = {
                instancePath: instancePath + '/listen/' + i0,
                schemaPath: '#/$defs/tcp_port/minimum',
                keyword: 'minimum',
                params: { comparison: '>=', limit: 1 },
              };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
          }
        }
      } else {
        const err9 = {
          instancePath: instancePath + '/listen',
          schemaPath: '#/properties/listen/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.ports !== undefined && func0.call(data, 'ports')) {
      let data4 = data.ports;
      if (data4 && typeof data4 == 'object' && !Array.isArray(data4)) {
        for (const key1 of Object.keys(data4)) {
          const _errs14 = errors;
          if (typeof key1 === 'string') {
            if (!pattern12.test(key1)) {
              const err10 = {
                instancePath: instancePath + '/ports',
                schemaPath: '#/$defs/device_name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?!(?:[0-9.]+|all|default|lo)$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,14}$' },
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err10];
              } else {
                vErrors.push(err10);
              }
              errors++;
            }
          } else {
            const err11 = {
              instancePath: instancePath + '/ports',
              schemaPath: '#/$defs/device_name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key1,
            };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
          var valid5 = _errs14 === errors;
          if (!valid5) {
            const err12 = {
              instancePath: instancePath + '/ports',
              schemaPath: '#/properties/ports/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key1 },
            };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
        for (const key2 of Object.keys(data4)) {
          if (
            !validate53(data4[key2], {
              instancePath: instancePath + '/ports/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data4,
              parentDataProperty: key2,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err13 = {
          instancePath: instancePath + '/ports',
          schemaPath: '#/properties/ports/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.metadata !== undefined && func0.call(data, 'metadata')) {
      if (
        !validate59(data.metadata, {
          instancePath: instancePath + '/metadata',
          parentData: data,
          parentDataProperty: 'metadata',
          rootData,
          dynamicAnchors,
        })
      ) {
        vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err14 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err14];
    } else {
      vErrors.push(err14);
    }
    errors++;
  }
  validate52.errors = vErrors;
  return errors === 0;
}
validate52.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema128 = {
  type: 'object',
  description: 'A floating IP.',
  additionalProperties: false,
  required: ['floating_network'],
  properties: {
    id: { $ref: '#/$defs/uuid', description: 'UUID of the floating IP. Default: derived from the names.' },
    floating_network: { $ref: '#/$defs/name', description: 'The external network the address is on.' },
    floating_ip_address: {
      $ref: '#/$defs/ipv4',
      description: 'The external address. Default: the lowest free one of the pools.',
    },
    instance: {
      $ref: '#/$defs/name',
      description: 'The instance it stands for. Without it, `network` and `fixed_ip_address` say which address.',
    },
    network: {
      $ref: '#/$defs/name',
      description:
        "The network of an address that is no instance's: a physical machine on a flat network. Goes with `fixed_ip_address`, in place of `instance`.",
    },
    port: {
      $ref: '#/$defs/device_name',
      description: "The instance's port, by its device name. Needed when it has several.",
    },
    fixed_ip_address: {
      $ref: '#/$defs/ipv4',
      description: "The address it stands for. Default: that of the instance's port. Needed when the port has several.",
    },
    port_forwardings: {
      type: 'array',
      description:
        'Ports of the address that lead to ports of instances. In place of `instance`, `network`, `port` and `fixed_ip_address`: what is not forwarded, the router answers itself.',
      items: { $ref: '#/$defs/port_forwarding' },
      minItems: 1,
    },
  },
};
const schema136 = {
  type: 'object',
  description: 'A port of a floating IP, or a range of ports, that leads to an instance.',
  additionalProperties: false,
  required: ['protocol'],
  properties: {
    id: {
      $ref: '#/$defs/uuid',
      description:
        "UUID of the port forwarding. Default: derived from the floating IP's name, the protocol and the external ports.",
    },
    protocol: { type: 'string', description: 'What is forwarded.', enum: ['tcp', 'udp'] },
    external_port: {
      $ref: '#/$defs/tcp_port',
      description: 'The port of the floating IP. Either this or `external_port_range`.',
    },
    external_port_range: {
      $ref: '#/$defs/port_range',
      description: 'The ports of the floating IP, first and last, such as 5000:5010.',
    },
    internal_port: {
      $ref: '#/$defs/tcp_port',
      description:
        'The port of the instance. Either this or `internal_port_range`; with a range outside, all its ports lead here.',
    },
    internal_port_range: {
      $ref: '#/$defs/port_range',
      description: 'The ports of the instance, first and last: as many as outside, and in the same order.',
    },
    instance: {
      $ref: '#/$defs/name',
      description: 'The instance it leads to. Without it, `internal_ip_address` says where.',
    },
    port: {
      $ref: '#/$defs/device_name',
      description: "The instance's port, by its device name. Needed when it has several.",
    },
    network: {
      $ref: '#/$defs/name',
      description:
        'The network of `internal_ip_address`, where no instance is named. Default: the one behind a router with its gateway on the floating network.',
    },
    internal_ip_address: {
      $ref: '#/$defs/ipv4',
      description: "The address it leads to. Default: that of the instance's port. Needed when the port has several.",
    },
  },
};
const schema139 = {
  type: 'string',
  description: 'A first and a last port, such as 5000:5010.',
  pattern:
    '^(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}):(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})$',
};
const pattern79 = new RegExp(
  '^(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}):(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})$',
  'u',
);

function validate63(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate63.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.protocol === undefined || !func0.call(data, 'protocol')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'protocol' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!func0.call(schema136.properties, key0)) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.id !== undefined && func0.call(data, 'id')) {
      let data0 = data.id;
      if (typeof data0 === 'string') {
        if (!pattern19.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/id',
            schemaPath: '#/$defs/uuid/pattern',
            keyword: 'pattern',
            params: { pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/id',
          schemaPath: '#/$defs/uuid/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.protocol !== undefined && func0.call(data, 'protocol')) {
      let data1 = data.protocol;
      if (typeof data1 !== 'string') {
        const err4 = {
          instancePath: instancePath + '/protocol',
          schemaPath: '#/properties/protocol/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      if (!(data1 === 'tcp' || data1 === 'udp')) {
        const err5 = {
          instancePath: instancePath + '/protocol',
          schemaPath: '#/properties/protocol/enum',
          keyword: 'enum',
          params: { allowedValues: schema136.properties.protocol.enum },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.external_port !== undefined && func0.call(data, 'external_port')) {
      let data2 = data.external_port;
      if (!(typeof data2 == 'number' && !(data2 % 1) && !isNaN(data2) && isFinite(data2))) {
        const err6 = {
          instancePath: instancePath + '/external_port',
          schemaPath: '#/$defs/tcp_port/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      if (typeof data2 == 'number' && isFinite(data2)) {
        if (data2 > 65535 || isNaN(data2)) {
          const err7 = {
            instancePath: instancePath + '/external_port',
            schemaPath: '#/$defs/tcp_port/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 65535 },
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (data2 < 1 || isNaN(data2)) {
          const err8 = {
            instancePath: instancePath + '/external_port',
            schemaPath: '#/$defs/tcp_port/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      }
    }
    if (data.external_port_range !== undefined && func0.call(data, 'external_port_range')) {
      let data3 = data.external_port_range;
      if (typeof data3 === 'string') {
        if (!pattern79.test(data3)) {
          const err9 = {
            instancePath: instancePath + '/external_port_range',
            schemaPath: '#/$defs/port_range/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}):(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})$',
            },
          };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      } else {
        const err10 = {
          instancePath: instancePath + '/external_port_range',
          schemaPath: '#/$defs/port_range/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.internal_port !== undefined && func0.call(data, 'internal_port')) {
      let data4 = data.internal_port;
      if (!(typeof data4 == 'number' && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
        const err11 = {
          instancePath: instancePath + '/internal_port',
          schemaPath: '#/$defs/tcp_port/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
      if (typeof data4 == 'number' && isFinite(data4)) {
        if (data4 > 65535 || isNaN(data4)) {
          const err12 = {
            instancePath: instancePath + '/internal_port',
            schemaPath: '#/$defs/tcp_port/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 65535 },
          };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        if (data4 < 1 || isNaN(data4)) {
          const err13 = {
            instancePath: instancePath + '/internal_port',
            schemaPath: '#/$defs/tcp_port/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      }
    }
    if (data.internal_port_range !== undefined && func0.call(data, 'internal_port_range')) {
      let data5 = data.internal_port_range;
      if (typeof data5 === 'string') {
        if (!pattern79.test(data5)) {
          const err14 = {
            instancePath: instancePath + '/internal_port_range',
            schemaPath: '#/$defs/port_range/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}):(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})$',
            },
          };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
      } else {
        const err15 = {
          instancePath: instancePath + '/internal_port_range',
          schemaPath: '#/$defs/port_range/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.instance !== undefined && func0.call(data, 'instance')) {
      let data6 = data.instance;
      if (typeof data6 === 'string') {
        if (!pattern6.test(data6)) {
          const err16 = {
            instancePath: instancePath + '/instance',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      } else {
        const err17 = {
          instancePath: instancePath + '/instance',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.port !== undefined && func0.call(data, 'port')) {
      let data7 = data.port;
      if (typeof data7 === 'string') {
        if (!pattern12.test(data7)) {
          const err18 = {
            instancePath: instancePath + '/port',
            schemaPath: '#/$defs/device_name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?!(?:[0-9.]+|all|default|lo)$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,14}$' },
          };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
      } else {
        const err19 = {
          instancePath: instancePath + '/port',
          schemaPath: '#/$defs/device_name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.network !== undefined && func0.call(data, 'network')) {
      let data8 = data.network;
      if (typeof data8 === 'string') {
        if (!pattern6.test(data8)) {
          const err20 = {
            instancePath: instancePath + '/network',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err20];
          } else {
            vErrors.push(err20);
          }
          errors++;
        }
      } else {
        const err21 = {
          instancePath: instancePath + '/network',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
    if (data.internal_ip_address !== undefined && func0.call(data, 'internal_ip_address')) {
      let data9 = data.internal_ip_address;
      if (typeof data9 === 'string') {
        if (!pattern25.test(data9)) {
          const err22 = {
            instancePath: instancePath + '/internal_ip_address',
            schemaPath: '#/$defs/ipv4/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
      } else {
        const err23 = {
          instancePath: instancePath + '/internal_ip_address',
          schemaPath: '#/$defs/ipv4/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
  } else {
    const err24 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err24];
    } else {
      vErrors.push(err24);
    }
    errors++;
  }
  validate63.errors = vErrors;
  return errors === 0;
}
validate63.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate62(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate62.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.floating_network === undefined || !func0.call(data, 'floating_network')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'floating_network' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(
        key0 === 'id' ||
        key0 === 'floating_network' ||
        key0 === 'floating_ip_address' ||
        key0 === 'instance' ||
        key0 === 'network' ||
        key0 === 'port' ||
        key0 === 'fixed_ip_address' ||
        key0 === 'port_forwardings'
      )) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.id !== undefined && func0.call(data, 'id')) {
      let data0 = data.id;
      if (typeof data0 === 'string') {
        if (!pattern19.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/id',
            schemaPath: '#/$defs/uuid/pattern',
            keyword: 'pattern',
            params: { pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/id',
          schemaPath: '#/$defs/uuid/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.floating_network !== undefined && func0.call(data, 'floating_network')) {
      let data1 = data.floating_network;
      if (typeof data1 === 'string') {
        if (!pattern6.test(data1)) {
          const err4 = {
            instancePath: instancePath + '/floating_network',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = {
          instancePath: instancePath + '/floating_network',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.floating_ip_address !== undefined && func0.call(data, 'floating_ip_address')) {
      let data2 = data.floating_ip_address;
      if (typeof data2 === 'string') {
        if (!pattern25.test(data2)) {
          const err6 = {
            instancePath: instancePath + '/floating_ip_address',
            schemaPath: '#/$defs/ipv4/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = {
          instancePath: instancePath + '/floating_ip_address',
          schemaPath: '#/$defs/ipv4/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.instance !== undefined && func0.call(data, 'instance')) {
      let data3 = data.instance;
      if (typeof data3 === 'string') {
        if (!pattern6.test(data3)) {
          const err8 = {
            instancePath: instancePath + '/instance',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = {
          instancePath: instancePath + '/instance',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.network !== undefined && func0.call(data, 'network')) {
      let data4 = data.network;
      if (typeof data4 === 'string') {
        if (!pattern6.test(data4)) {
          const err10 = {
            instancePath: instancePath + '/network',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      } else {
        const err11 = {
          instancePath: instancePath + '/network',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.port !== undefined && func0.call(data, 'port')) {
      let data5 = data.port;
      if (typeof data5 === 'string') {
        if (!pattern12.test(data5)) {
          const err12 = {
            instancePath: instancePath + '/port',
            schemaPath: '#/$defs/device_name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?!(?:[0-9.]+|all|default|lo)$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,14}$' },
          };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      } else {
        const err13 = {
          instancePath: instancePath + '/port',
          schemaPath: '#/$defs/device_name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.fixed_ip_address !== undefined && func0.call(data, 'fixed_ip_address')) {
      let data6 = data.fixed_ip_address;
      if (typeof data6 === 'string') {
        if (!pattern25.test(data6)) {
          const err14 = {
            instancePath: instancePath + '/fixed_ip_address',
            schemaPath: '#/$defs/ipv4/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
      } else {
        const err15 = {
          instancePath: instancePath + '/fixed_ip_address',
          schemaPath: '#/$defs/ipv4/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.port_forwardings !== undefined && func0.call(data, 'port_forwardings')) {
      let data7 = data.port_forwardings;
      if (Array.isArray(data7)) {
        if (data7.length < 1) {
          const err16 = {
            instancePath: instancePath + '/port_forwardings',
            schemaPath: '#/properties/port_forwardings/minItems',
            keyword: 'minItems',
            params: { limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
        const len0 = data7.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !validate63(data7[i0], {
              instancePath: instancePath + '/port_forwardings/' + i0,
              parentData: data7,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err17 = {
          instancePath: instancePath + '/port_forwardings',
          schemaPath: '#/properties/port_forwardings/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
  } else {
    const err18 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err18];
    } else {
      vErrors.push(err18);
    }
    errors++;
  }
  validate62.errors = vErrors;
  return errors === 0;
}
validate62.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema147 = {
  type: 'object',
  description: 'A machine outside the cloud; only the lab has it.',
  additionalProperties: false,
  properties: {
    nics: {
      type: 'object',
      description: 'NICs of the machine. Keyed by device name.',
      propertyNames: { $ref: '#/$defs/device_name' },
      additionalProperties: { $ref: '#/$defs/host_nic' },
    },
    routes: { type: 'array', description: 'Static routes of the machine.', items: { $ref: '#/$defs/route' } },
    listen: { type: 'array', description: 'TCP ports it answers on.', items: { $ref: '#/$defs/tcp_port' } },
  },
};
const schema149 = {
  type: 'object',
  description: 'A NIC of an outside machine.',
  additionalProperties: false,
  required: ['physical_network'],
  properties: {
    physical_network: { $ref: '#/$defs/name', description: 'The physical network the NIC is plugged into.' },
    addresses: {
      type: 'array',
      description: 'IPv4 addresses of the NIC, each with its prefix length.',
      items: { $ref: '#/$defs/cidr' },
    },
    mac_address: { $ref: '#/$defs/mac', description: 'MAC address. Default: chosen by the lab.' },
    mtu: { $ref: '#/$defs/mtu', description: 'MTU of the NIC.' },
  },
};

function validate67(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate67.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.physical_network === undefined || !func0.call(data, 'physical_network')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'physical_network' },
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'physical_network' || key0 === 'addresses' || key0 === 'mac_address' || key0 === 'mtu')) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.physical_network !== undefined && func0.call(data, 'physical_network')) {
      let data0 = data.physical_network;
      if (typeof data0 === 'string') {
        if (!pattern6.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/physical_network',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/physical_network',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.addresses !== undefined && func0.call(data, 'addresses')) {
      let data1 = data.addresses;
      if (Array.isArray(data1)) {
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data2 = data1[i0];
          if (typeof data2 === 'string') {
            if (!pattern15.test(data2)) {
              const err4 = {
                instancePath: instancePath + '/addresses/' + i0,
                schemaPath: '#/$defs/cidr/pattern',
                keyword: 'pattern',
                params: {
                  pattern:
                    '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(?:3[0-2]|[12]?[0-9])$',
                },
              };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
          } else {
            const err5 = {
              instancePath: instancePath + '/addresses/' + i0,
              schemaPath: '#/$defs/cidr/type',
              keyword: 'type',
              params: { type: 'string' },
            };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/addresses',
          schemaPath: '#/properties/addresses/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.mac_address !== undefined && func0.call(data, 'mac_address')) {
      let data3 = data.mac_address;
      if (typeof data3 === 'string') {
        if (!pattern16.test(data3)) {
          const err7 = {
            instancePath: instancePath + '/mac_address',
            schemaPath: '#/$defs/mac/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?!00:00:00:00:00:00$)[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$' },
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = {
          instancePath: instancePath + '/mac_address',
          schemaPath: '#/$defs/mac/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.mtu !== undefined && func0.call(data, 'mtu')) {
      let data4 = data.mtu;
      if (!(typeof data4 == 'number' && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
        const err9 = {
          instancePath: instancePath + '/mtu',
          schemaPath: '#/$defs/mtu/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
      if (typeof data4 == 'number' && isFinite(data4)) {
        if (data4 > 65535 || isNaN(data4)) {
          const err10 = {
            instancePath: instancePath + '/mtu',
            schemaPath: '#/$defs/mtu/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 65535 },
          };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
        if (data4 < 68 || isNaN(data4)) {
          const err11 = {
            instancePath: instancePath + '/mtu',
            schemaPath: '#/$defs/mtu/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 68 },
          };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
      }
    }
  } else {
    const err12 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err12];
    } else {
      vErrors.push(err12);
    }
    errors++;
  }
  validate67.errors = vErrors;
  return errors === 0;
}
validate67.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate66(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate66.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'nics' || key0 === 'routes' || key0 === 'listen')) {
        const err0 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.nics !== undefined && func0.call(data, 'nics')) {
      let data0 = data.nics;
      if (data0 && typeof data0 == 'object' && !Array.isArray(data0)) {
        for (const key1 of Object.keys(data0)) {
          const _errs4 = errors;
          if (typeof key1 === 'string') {
            if (!pattern12.test(key1)) {
              const err1 = {
                instancePath: instancePath + '/nics',
                schemaPath: '#/$defs/device_name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?!(?:[0-9.]+|all|default|lo)$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,14}$' },
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err1];
              } else {
                vErrors.push(err1);
              }
              errors++;
            }
          } else {
            const err2 = {
              instancePath: instancePath + '/nics',
              schemaPath: '#/$defs/device_name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key1,
            };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
          var valid1 = _errs4 === errors;
          if (!valid1) {
            const err3 = {
              instancePath: instancePath + '/nics',
              schemaPath: '#/properties/nics/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key1 },
            };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
        for (const key2 of Object.keys(data0)) {
          if (
            !validate67(data0[key2], {
              instancePath: instancePath + '/nics/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data0,
              parentDataProperty: key2,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err4 = {
          instancePath: instancePath + '/nics',
          schemaPath: '#/properties/nics/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.routes !== undefined && func0.call(data, 'routes')) {
      let data2 = data.routes;
      if (Array.isArray(data2)) {
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !validate37(data2[i0], {
              instancePath: instancePath + '/routes/' + i0,
              parentData: data2,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err5 = {
          instancePath: instancePath + '/routes',
          schemaPath: '#/properties/routes/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.listen !== undefined && func0.call(data, 'listen')) {
      let data4 = data.listen;
      if (Array.isArray(data4)) {
        const len1 = data4.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data5 = data4[i1];
          if (!(typeof data5 == 'number' && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
            const err6 = {
              instancePath: instancePath + '/listen/' + i1,
              schemaPath: '#/$defs/tcp_port/type',
              keyword: 'type',
              params: { type: 'integer' },
            };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
          if (typeof data5 == 'number' && isFinite(data5)) {
            if (data5 > 65535 || isNaN(data5)) {
              const err7 = {
                instancePath: instancePath + '/listen/' + i1,
                schemaPath: '#/$defs/tcp_port/maximum',
                keyword: 'maximum',
                params: { comparison: '<=', limit: 65535 },
              };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            if (data5 < 1 || isNaN(data5)) {
              const err8 = {
                instancePath: instancePath + '/listen/' + i1,
                schemaPath: '#/$defs/tcp_port/minimum',
                keyword: 'minimum',
                params: { comparison: '>=', limit: 1 },
              };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
          }
        }
      } else {
        const err9 = {
          instancePath: instancePath + '/listen',
          schemaPath: '#/properties/listen/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
  } else {
    const err10 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err10];
    } else {
      vErrors.push(err10);
    }
    errors++;
  }
  validate66.errors = vErrors;
  return errors === 0;
}
validate66.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

const schema155 = {
  type: 'object',
  description: 'One probe and its expected outcome.',
  additionalProperties: false,
  required: ['from', 'to'],
  properties: {
    from: { $ref: '#/$defs/name', description: 'The instance or host that asks.' },
    to: { $ref: '#/$defs/target', description: 'The instance, host or IPv4 address that is asked.' },
    protocol: {
      type: 'string',
      description:
        'What is sent. With dns, `from` asks the name server it was told for `name`, and expects the address of `to`.',
      enum: ['ping', 'tcp', 'dns'],
      default: 'ping',
    },
    port: { $ref: '#/$defs/tcp_port', description: 'TCP port. Needed for tcp, and only there.' },
    name: {
      $ref: '#/$defs/hostname',
      description: 'Host name that is asked for, with or without its domain. Needed for dns, and only there.',
    },
    succeeds: {
      type: 'boolean',
      description: 'Whether an answer is expected; of dns, one with the address of `to`.',
      default: true,
    },
    seen_as: { $ref: '#/$defs/ipv4', description: 'The source address the asked one must see.' },
  },
};
const schema157 = {
  type: 'string',
  description: 'Name of an instance or host, or an IPv4 address.',
  pattern:
    '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62})$',
};
const pattern91 = new RegExp(
  '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62})$',
  'u',
);

function validate71(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate71.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.from === undefined || !func0.call(data, 'from')) {
      const err0 = { instancePath, schemaPath: '#/required', keyword: 'required', params: { missingProperty: 'from' } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.to === undefined || !func0.call(data, 'to')) {
      const err1 = { instancePath, schemaPath: '#/required', keyword: 'required', params: { missingProperty: 'to' } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(
        key0 === 'from' ||
        key0 === 'to' ||
        key0 === 'protocol' ||
        key0 === 'port' ||
        key0 === 'name' ||
        key0 === 'succeeds' ||
        key0 === 'seen_as'
      )) {
        const err2 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.from !== undefined && func0.call(data, 'from')) {
      let data0 = data.from;
      if (typeof data0 === 'string') {
        if (!pattern6.test(data0)) {
          const err3 = {
            instancePath: instancePath + '/from',
            schemaPath: '#/$defs/name/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + '/from',
          schemaPath: '#/$defs/name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.to !== undefined && func0.call(data, 'to')) {
      let data1 = data.to;
      if (typeof data1 === 'string') {
        if (!pattern91.test(data1)) {
          const err5 = {
            instancePath: instancePath + '/to',
            schemaPath: '#/$defs/target/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62})$',
            },
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/to',
          schemaPath: '#/$defs/target/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.protocol !== undefined && func0.call(data, 'protocol')) {
      let data2 = data.protocol;
      if (typeof data2 !== 'string') {
        const err7 = {
          instancePath: instancePath + '/protocol',
          schemaPath: '#/properties/protocol/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
      if (!(data2 === 'ping' || data2 === 'tcp' || data2 === 'dns')) {
        const err8 = {
          instancePath: instancePath + '/protocol',
          schemaPath: '#/properties/protocol/enum',
          keyword: 'enum',
          params: { allowedValues: schema155.properties.protocol.enum },
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.port !== undefined && func0.call(data, 'port')) {
      let data3 = data.port;
      if (!(typeof data3 == 'number' && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
        const err9 = {
          instancePath: instancePath + '/port',
          schemaPath: '#/$defs/tcp_port/type',
          keyword: 'type',
          params: { type: 'integer' },
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
      if (typeof data3 == 'number' && isFinite(data3)) {
        if (data3 > 65535 || isNaN(data3)) {
          const err10 = {
            instancePath: instancePath + '/port',
            schemaPath: '#/$defs/tcp_port/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 65535 },
          };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
        if (data3 < 1 || isNaN(data3)) {
          const err11 = {
            instancePath: instancePath + '/port',
            schemaPath: '#/$defs/tcp_port/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 1 },
          };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
      }
    }
    if (data.name !== undefined && func0.call(data, 'name')) {
      let data4 = data.name;
      if (typeof data4 === 'string') {
        if (!pattern67.test(data4)) {
          const err12 = {
            instancePath: instancePath + '/name',
            schemaPath: '#/$defs/hostname/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$',
            },
          };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      } else {
        const err13 = {
          instancePath: instancePath + '/name',
          schemaPath: '#/$defs/hostname/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.succeeds !== undefined && func0.call(data, 'succeeds')) {
      if (typeof data.succeeds !== 'boolean') {
        const err14 = {
          instancePath: instancePath + '/succeeds',
          schemaPath: '#/properties/succeeds/type',
          keyword: 'type',
          params: { type: 'boolean' },
        };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.seen_as !== undefined && func0.call(data, 'seen_as')) {
      let data6 = data.seen_as;
      if (typeof data6 === 'string') {
        if (!pattern25.test(data6)) {
          const err15 = {
            instancePath: instancePath + '/seen_as',
            schemaPath: '#/$defs/ipv4/pattern',
            keyword: 'pattern',
            params: {
              pattern:
                '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
            },
          };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
      } else {
        const err16 = {
          instancePath: instancePath + '/seen_as',
          schemaPath: '#/$defs/ipv4/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
  } else {
    const err17 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err17];
    } else {
      vErrors.push(err17);
    }
    errors++;
  }
  validate71.errors = vErrors;
  return errors === 0;
}
validate71.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

function validate20(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  /*# sourceURL="urn:netloom:schema:topology" */ let vErrors = null;
  let errors = 0;
  const evaluated0 = validate20.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.name === undefined || !func0.call(data, 'name')) {
      const err0 = { instancePath, schemaPath: '#/required', keyword: 'required', params: { missingProperty: 'name' } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!func0.call(schema31.properties, key0)) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.name !== undefined && func0.call(data, 'name')) {
      let data0 = data.name;
      if (typeof data0 === 'string') {
        if (!pattern4.test(data0)) {
          const err2 = {
            instancePath: instancePath + '/name',
            schemaPath: '#/$defs/topology_name/pattern',
            keyword: 'pattern',
            params: { pattern: '^[a-z0-9][a-z0-9-]{0,18}$' },
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/name',
          schemaPath: '#/$defs/topology_name/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.release !== undefined && func0.call(data, 'release')) {
      let data1 = data.release;
      if (typeof data1 !== 'string') {
        const err4 = {
          instancePath: instancePath + '/release',
          schemaPath: '#/properties/release/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      if (!(data1 === 'grizzly' || data1 === 'mitaka' || data1 === 'zed')) {
        const err5 = {
          instancePath: instancePath + '/release',
          schemaPath: '#/properties/release/enum',
          keyword: 'enum',
          params: { allowedValues: schema31.properties.release.enum },
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.dns_domain !== undefined && func0.call(data, 'dns_domain')) {
      let data2 = data.dns_domain;
      if (typeof data2 === 'string') {
        if (!pattern5.test(data2)) {
          const err6 = {
            instancePath: instancePath + '/dns_domain',
            schemaPath: '#/$defs/dns_domain/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?=.{1,189}$)(?!-)[a-z0-9-]{1,63}(?<!-)(?:\\.(?!-)[a-z0-9-]{1,63}(?<!-))*$' },
          };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = {
          instancePath: instancePath + '/dns_domain',
          schemaPath: '#/$defs/dns_domain/type',
          keyword: 'type',
          params: { type: 'string' },
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.physical_networks !== undefined && func0.call(data, 'physical_networks')) {
      let data3 = data.physical_networks;
      if (data3 && typeof data3 == 'object' && !Array.isArray(data3)) {
        for (const key1 of Object.keys(data3)) {
          const _errs12 = errors;
          if (typeof key1 === 'string') {
            if (!pattern6.test(key1)) {
              const err8 = {
                instancePath: instancePath + '/physical_networks',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
          } else {
            const err9 = {
              instancePath: instancePath + '/physical_networks',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key1,
            };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
          var valid3 = _errs12 === errors;
          if (!valid3) {
            const err10 = {
              instancePath: instancePath + '/physical_networks',
              schemaPath: '#/properties/physical_networks/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key1 },
            };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
        for (const key2 of Object.keys(data3)) {
          if (
            !validate21(data3[key2], {
              instancePath: instancePath + '/physical_networks/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data3,
              parentDataProperty: key2,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err11 = {
          instancePath: instancePath + '/physical_networks',
          schemaPath: '#/properties/physical_networks/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.nodes !== undefined && func0.call(data, 'nodes')) {
      let data5 = data.nodes;
      if (data5 && typeof data5 == 'object' && !Array.isArray(data5)) {
        for (const key3 of Object.keys(data5)) {
          const _errs19 = errors;
          if (typeof key3 === 'string') {
            if (!pattern6.test(key3)) {
              const err12 = {
                instancePath: instancePath + '/nodes',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key3,
              };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          } else {
            const err13 = {
              instancePath: instancePath + '/nodes',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key3,
            };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
          var valid6 = _errs19 === errors;
          if (!valid6) {
            const err14 = {
              instancePath: instancePath + '/nodes',
              schemaPath: '#/properties/nodes/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key3 },
            };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
        }
        for (const key4 of Object.keys(data5)) {
          if (
            !validate23(data5[key4], {
              instancePath: instancePath + '/nodes/' + key4.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data5,
              parentDataProperty: key4,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err15 = {
          instancePath: instancePath + '/nodes',
          schemaPath: '#/properties/nodes/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.address_scopes !== undefined && func0.call(data, 'address_scopes')) {
      let data7 = data.address_scopes;
      if (data7 && typeof data7 == 'object' && !Array.isArray(data7)) {
        if (Object.keys(data7).length > 1023) {
          const err16 = {
            instancePath: instancePath + '/address_scopes',
            schemaPath: '#/properties/address_scopes/maxProperties',
            keyword: 'maxProperties',
            params: { limit: 1023 },
          };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
        for (const key5 of Object.keys(data7)) {
          const _errs26 = errors;
          if (typeof key5 === 'string') {
            if (!pattern6.test(key5)) {
              const err17 = {
                instancePath: instancePath + '/address_scopes',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key5,
              };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
          } else {
            const err18 = {
              instancePath: instancePath + '/address_scopes',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key5,
            };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
          var valid9 = _errs26 === errors;
          if (!valid9) {
            const err19 = {
              instancePath: instancePath + '/address_scopes',
              schemaPath: '#/properties/address_scopes/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key5 },
            };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
        }
        for (const key6 of Object.keys(data7)) {
          let data8 = data7[key6];
          if (data8 && typeof data8 == 'object' && !Array.isArray(data8)) {
            for (const key7 of Object.keys(data8)) {
              const err20 = {
                instancePath: instancePath + '/address_scopes/' + key6.replace(/~/g, '~0').replace(/\//g, '~1'),
                schemaPath: '#/$defs/address_scope/additionalProperties',
                keyword: 'additionalProperties',
                params: { additionalProperty: key7 },
              };
              if (vErrors === null) {
                vErrors = [err20];
              } else {
                vErrors.push(err20);
              }
              errors++;
            }
          } else {
            const err21 = {
              instancePath: instancePath + '/address_scopes/' + key6.replace(/~/g, '~0').replace(/\//g, '~1'),
              schemaPath: '#/$defs/address_scope/type',
              keyword: 'type',
              params: { type: 'object' },
            };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
        }
      } else {
        const err22 = {
          instancePath: instancePath + '/address_scopes',
          schemaPath: '#/properties/address_scopes/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.networks !== undefined && func0.call(data, 'networks')) {
      let data9 = data.networks;
      if (data9 && typeof data9 == 'object' && !Array.isArray(data9)) {
        for (const key8 of Object.keys(data9)) {
          const _errs36 = errors;
          if (typeof key8 === 'string') {
            if (!pattern6.test(key8)) {
              const err23 = {
                instancePath: instancePath + '/networks',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key8,
              };
              if (vErrors === null) {
                vErrors = [err23];
              } else {
                vErrors.push(err23);
              }
              errors++;
            }
          } else {
            const err24 = {
              instancePath: instancePath + '/networks',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key8,
            };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
          var valid13 = _errs36 === errors;
          if (!valid13) {
            const err25 = {
              instancePath: instancePath + '/networks',
              schemaPath: '#/properties/networks/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key8 },
            };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
        }
        for (const key9 of Object.keys(data9)) {
          if (
            !validate31(data9[key9], {
              instancePath: instancePath + '/networks/' + key9.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data9,
              parentDataProperty: key9,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err26 = {
          instancePath: instancePath + '/networks',
          schemaPath: '#/properties/networks/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.routers !== undefined && func0.call(data, 'routers')) {
      let data11 = data.routers;
      if (data11 && typeof data11 == 'object' && !Array.isArray(data11)) {
        for (const key10 of Object.keys(data11)) {
          const _errs43 = errors;
          if (typeof key10 === 'string') {
            if (!pattern6.test(key10)) {
              const err27 = {
                instancePath: instancePath + '/routers',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key10,
              };
              if (vErrors === null) {
                vErrors = [err27];
              } else {
                vErrors.push(err27);
              }
              errors++;
            }
          } else {
            const err28 = {
              instancePath: instancePath + '/routers',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key10,
            };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
          var valid16 = _errs43 === errors;
          if (!valid16) {
            const err29 = {
              instancePath: instancePath + '/routers',
              schemaPath: '#/properties/routers/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key10 },
            };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
        }
        for (const key11 of Object.keys(data11)) {
          if (
            !validate41(data11[key11], {
              instancePath: instancePath + '/routers/' + key11.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data11,
              parentDataProperty: key11,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err30 = {
          instancePath: instancePath + '/routers',
          schemaPath: '#/properties/routers/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
    }
    if (data.security_groups !== undefined && func0.call(data, 'security_groups')) {
      let data13 = data.security_groups;
      if (data13 && typeof data13 == 'object' && !Array.isArray(data13)) {
        for (const key12 of Object.keys(data13)) {
          const _errs50 = errors;
          if (typeof key12 === 'string') {
            if (!pattern6.test(key12)) {
              const err31 = {
                instancePath: instancePath + '/security_groups',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key12,
              };
              if (vErrors === null) {
                vErrors = [err31];
              } else {
                vErrors.push(err31);
              }
              errors++;
            }
          } else {
            const err32 = {
              instancePath: instancePath + '/security_groups',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key12,
            };
            if (vErrors === null) {
              vErrors = [err32];
            } else {
              vErrors.push(err32);
            }
            errors++;
          }
          var valid19 = _errs50 === errors;
          if (!valid19) {
            const err33 = {
              instancePath: instancePath + '/security_groups',
              schemaPath: '#/properties/security_groups/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key12 },
            };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          }
        }
        for (const key13 of Object.keys(data13)) {
          if (
            !validate48(data13[key13], {
              instancePath: instancePath + '/security_groups/' + key13.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data13,
              parentDataProperty: key13,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err34 = {
          instancePath: instancePath + '/security_groups',
          schemaPath: '#/properties/security_groups/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err34];
        } else {
          vErrors.push(err34);
        }
        errors++;
      }
    }
    if (data.instances !== undefined && func0.call(data, 'instances')) {
      let data15 = data.instances;
      if (data15 && typeof data15 == 'object' && !Array.isArray(data15)) {
        for (const key14 of Object.keys(data15)) {
          const _errs57 = errors;
          if (typeof key14 === 'string') {
            if (!pattern6.test(key14)) {
              const err35 = {
                instancePath: instancePath + '/instances',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key14,
              };
              if (vErrors === null) {
                vErrors = [err35];
              } else {
                vErrors.push(err35);
              }
              errors++;
            }
          } else {
            const err36 = {
              instancePath: instancePath + '/instances',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key14,
            };
            if (vErrors === null) {
              vErrors = [err36];
            } else {
              vErrors.push(err36);
            }
            errors++;
          }
          var valid22 = _errs57 === errors;
          if (!valid22) {
            const err37 = {
              instancePath: instancePath + '/instances',
              schemaPath: '#/properties/instances/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key14 },
            };
            if (vErrors === null) {
              vErrors = [err37];
            } else {
              vErrors.push(err37);
            }
            errors++;
          }
        }
        for (const key15 of Object.keys(data15)) {
          if (
            !validate52(data15[key15], {
              instancePath: instancePath + '/instances/' + key15.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data15,
              parentDataProperty: key15,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err38 = {
          instancePath: instancePath + '/instances',
          schemaPath: '#/properties/instances/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err38];
        } else {
          vErrors.push(err38);
        }
        errors++;
      }
    }
    if (data.floating_ips !== undefined && func0.call(data, 'floating_ips')) {
      let data17 = data.floating_ips;
      if (data17 && typeof data17 == 'object' && !Array.isArray(data17)) {
        for (const key16 of Object.keys(data17)) {
          const _errs64 = errors;
          if (typeof key16 === 'string') {
            if (!pattern6.test(key16)) {
              const err39 = {
                instancePath: instancePath + '/floating_ips',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key16,
              };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            }
          } else {
            const err40 = {
              instancePath: instancePath + '/floating_ips',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key16,
            };
            if (vErrors === null) {
              vErrors = [err40];
            } else {
              vErrors.push(err40);
            }
            errors++;
          }
          var valid25 = _errs64 === errors;
          if (!valid25) {
            const err41 = {
              instancePath: instancePath + '/floating_ips',
              schemaPath: '#/properties/floating_ips/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key16 },
            };
            if (vErrors === null) {
              vErrors = [err41];
            } else {
              vErrors.push(err41);
            }
            errors++;
          }
        }
        for (const key17 of Object.keys(data17)) {
          if (
            !validate62(data17[key17], {
              instancePath: instancePath + '/floating_ips/' + key17.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data17,
              parentDataProperty: key17,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err42 = {
          instancePath: instancePath + '/floating_ips',
          schemaPath: '#/properties/floating_ips/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err42];
        } else {
          vErrors.push(err42);
        }
        errors++;
      }
    }
    if (data.hosts !== undefined && func0.call(data, 'hosts')) {
      let data19 = data.hosts;
      if (data19 && typeof data19 == 'object' && !Array.isArray(data19)) {
        for (const key18 of Object.keys(data19)) {
          const _errs71 = errors;
          if (typeof key18 === 'string') {
            if (!pattern6.test(key18)) {
              const err43 = {
                instancePath: instancePath + '/hosts',
                schemaPath: '#/$defs/name/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?![0-9.]+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
                propertyName: key18,
              };
              if (vErrors === null) {
                vErrors = [err43];
              } else {
                vErrors.push(err43);
              }
              errors++;
            }
          } else {
            const err44 = {
              instancePath: instancePath + '/hosts',
              schemaPath: '#/$defs/name/type',
              keyword: 'type',
              params: { type: 'string' },
              propertyName: key18,
            };
            if (vErrors === null) {
              vErrors = [err44];
            } else {
              vErrors.push(err44);
            }
            errors++;
          }
          var valid28 = _errs71 === errors;
          if (!valid28) {
            const err45 = {
              instancePath: instancePath + '/hosts',
              schemaPath: '#/properties/hosts/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key18 },
            };
            if (vErrors === null) {
              vErrors = [err45];
            } else {
              vErrors.push(err45);
            }
            errors++;
          }
        }
        for (const key19 of Object.keys(data19)) {
          if (
            !validate66(data19[key19], {
              instancePath: instancePath + '/hosts/' + key19.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data19,
              parentDataProperty: key19,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err46 = {
          instancePath: instancePath + '/hosts',
          schemaPath: '#/properties/hosts/type',
          keyword: 'type',
          params: { type: 'object' },
        };
        if (vErrors === null) {
          vErrors = [err46];
        } else {
          vErrors.push(err46);
        }
        errors++;
      }
    }
    if (data.expect !== undefined && func0.call(data, 'expect')) {
      let data21 = data.expect;
      if (Array.isArray(data21)) {
        const len0 = data21.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !validate71(data21[i0], {
              instancePath: instancePath + '/expect/' + i0,
              parentData: data21,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err47 = {
          instancePath: instancePath + '/expect',
          schemaPath: '#/properties/expect/type',
          keyword: 'type',
          params: { type: 'array' },
        };
        if (vErrors === null) {
          vErrors = [err47];
        } else {
          vErrors.push(err47);
        }
        errors++;
      }
    }
  } else {
    const err48 = { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } };
    if (vErrors === null) {
      vErrors = [err48];
    } else {
      vErrors.push(err48);
    }
    errors++;
  }
  validate20.errors = vErrors;
  return errors === 0;
}
validate20.evaluated = { props: true, dynamicProps: false, dynamicItems: false };

/** Which properties may stand where: `*` for any key or item, `=ssh` for a branch by its tag. */
export const shape = {
  name: {},
  release: {},
  dns_domain: {},
  physical_networks: { '*': { mtu: {} } },
  nodes: {
    '*': {
      roles: { '*': {} },
      reach: {
        '=local': { via: {} },
        '=ssh': { via: {}, host: {}, user: {}, port: {}, identity_file: {} },
        '=lab': { via: {} },
      },
      state: {},
      mechanism: {},
      bridge_mappings: { '*': {} },
      use_namespaces: {},
      nics: { '*': { physical_network: {}, addresses: { '*': {} }, mtu: {}, mac_address: {}, allow_dynamic: {} } },
      manage_bridge_netfilter: {},
    },
  },
  address_scopes: { '*': { '*': {} } },
  networks: {
    '*': {
      id: {},
      network_type: {},
      segmentation_id: {},
      physical_network: {},
      external: {},
      mtu: {},
      dns_domain: {},
      dhcp: { node: {}, port_id: {}, mac_address: {}, fixed_ip_address: {} },
      subnets: {
        '*': {
          id: {},
          cidr: {},
          gateway_ip: {},
          address_scope: {},
          allocation_pools: { '*': { start: {}, end: {} } },
          enable_dhcp: {},
          dns_nameservers: { '*': {} },
          host_routes: { '*': { destination: {}, nexthop: {} } },
        },
      },
      port_security_enabled: {},
    },
  },
  routers: {
    '*': {
      id: {},
      node: {},
      external_gateway: {
        network: {},
        port_id: {},
        mac_address: {},
        fixed_ip_address: {},
        fixed_ips: { '*': {} },
        enable_snat: {},
      },
      interfaces: { '*': { port_id: {}, mac_address: {}, fixed_ip_address: {} } },
      routes: { '*': { destination: {}, nexthop: {} } },
    },
  },
  security_groups: {
    '*': {
      id: {},
      stateful: {},
      default_rules: {},
      rules: {
        '*': {
          direction: {},
          ethertype: {},
          protocol: {},
          port_range_min: {},
          port_range_max: {},
          remote_ip_prefix: {},
          remote_group: {},
        },
      },
    },
  },
  instances: {
    '*': {
      node: {},
      attach: {},
      listen: { '*': {} },
      ports: {
        '*': {
          id: {},
          network: {},
          fixed_ip_address: {},
          fixed_ips: { '*': {} },
          mac_address: {},
          dns_name: {},
          extra_dhcp_opts: { '*': { opt_name: {}, opt_value: {}, ip_version: {} } },
          security_groups: { '*': {} },
          port_security_enabled: {},
          allowed_address_pairs: { '*': { ip_address: {}, mac_address: {} } },
        },
      },
      metadata: { hostname: {}, public_keys: { '*': {} }, user_data: {}, user_data_base64: {} },
    },
  },
  floating_ips: {
    '*': {
      id: {},
      floating_network: {},
      floating_ip_address: {},
      instance: {},
      network: {},
      port: {},
      fixed_ip_address: {},
      port_forwardings: {
        '*': {
          id: {},
          protocol: {},
          external_port: {},
          external_port_range: {},
          internal_port: {},
          internal_port_range: {},
          instance: {},
          port: {},
          network: {},
          internal_ip_address: {},
        },
      },
    },
  },
  hosts: {
    '*': {
      nics: { '*': { physical_network: {}, addresses: { '*': {} }, mac_address: {}, mtu: {} } },
      routes: { '*': { destination: {}, nexthop: {} } },
      listen: { '*': {} },
    },
  },
  expect: { '*': { from: {}, to: {}, protocol: {}, port: {}, name: {}, succeeds: {}, seen_as: {} } },
};
