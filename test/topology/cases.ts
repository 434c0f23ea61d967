import { BASE, edited, forwarding, lines } from './support.ts';

/** The base with a security group `web`, and what is said of it. */
function group(more: string): string {
  return edited(['floating_ips:', `security_groups:\n  web: ${more}\nfloating_ips:`]);
}

/** The same with one rule for traffic to its ports. */
function ruled(rule: string): string {
  return group(`{ rules: [{ direction: ingress, ${rule} }] }`);
}

/** The valid topology with an address scope, edited. */
function scoped(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edited(['nodes:', 'address_scopes: { blue: {} }\nnodes:'], ...edits);
}

function manyScopes(): string {
  const names = Array.from({ length: 1024 }, (_, number) => `s${String(number)}: {}`);
  return edited(['nodes:', `«address_scopes: { ${names.join(', ')} }\nnodes:`]);
}

/** The base with more said about the port of its instance. */
function port(more: string): string {
  const id = 'id: 22222222-0000-0000-0000-000000000001';
  return edited([id, `${id}, ${more}`]);
}

const FIXED = 'fixed_ip_address: 10.0.0.11,';

/** The base with several addresses of its instance's port, and what is said of the floating IP's target. */
function several(addresses: string, target = ', fixed_ip_address: 10.0.0.11'): string {
  return edited([FIXED, `fixed_ips: [${addresses}],`], ['instance: vm1', `instance: vm1${target}`]);
}

const SSH_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAB me@here';

/** The base with metadata for its instance. */
function told(metadata: string): string {
  return edited([
    'id: 22222222-0000-0000-0000-000000000001 }',
    `id: 22222222-0000-0000-0000-000000000001 }\n    metadata: ${metadata}`,
  ]);
}

/** The base with Open vSwitch on both nodes, edited. */
function switched(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edited(
    ['    roles: [network]\n', '    roles: [network]\n    mechanism: openvswitch\n'],
    ['    roles: [compute]\n', '    roles: [compute]\n    mechanism: openvswitch\n'],
    ...edits,
  );
}

/** The same with more said about the network node. */
function mapped(more: string): string {
  return switched(['  net1:\n', `  net1:\n    ${more}\n`]);
}

/** The network node without an address of its own outside. */
const AWAY = [', addresses: [192.0.2.2/24]', ''] as const;

/** The base's inner network with a VLAN tag. */
const VLAN = ['    mtu: 1450\n', '    mtu: 1450\n    network_type: vlan\n    segmentation_id: 7\n'] as const;

/** One more network beside the base's. */
function beside(more: string): readonly [string, string] {
  return ['  ext:\n', `  lan2:\n    physical_network: inner\n${more}  ext:\n`];
}

/** For each code of a text: a text that has this fault alone, with « where it must be reported. */
export const CASES: readonly (readonly [code: string, what: string, text: string])[] = [
  ['NL010', 'unclosed brackets', lines('name: x', 'nodes: {', '«routers: {}')],
  ['NL010', 'items at different columns', lines('nodes:', '  a: {}', '« b: {}')],
  ['NL011', 'a tab', lines('name: x', 'nodes:', '«\ta: {}')],
  ['NL012', 'a non-breaking space for indentation', lines('name: x', 'nodes:', '«\u00a0\u00a0a: {}')],
  ['NL012', 'a non-breaking space after a colon', lines('name:«\u00a0x')],
  ['NL013', 'a key twice', lines('name: x', '«name: y')],
  ['NL014', 'an alias without anchor', lines('name: «*x')],
  ['NL014', 'an alias in its own anchor', lines('name: x', 'nodes: &n', '  a: «*n')],
  ['NL016', 'two documents', lines('name: x', '---', '«name: y')],
  ['NL017', 'an empty file', '«'],
  ['NL017', 'a comment only', lines('«# nothing')],
  ['NL017', 'a list', lines('«- name: x')],
  ['NL018', 'a number as key', lines('name: x', 'nodes:', '  «1: {}')],
  ['NL018', 'null as key', lines('name: x', 'nodes:', '  «~: {}')],
  ['NL018', 'a list as key', lines('name: x', 'nodes:', '  ? «[a]', '  : {}')],
  ['NL019', 'a hundred brackets', `name: x\nnodes: ${'['.repeat(99)}«[[[[${']'.repeat(103)}\n`],
  ['NL020', 'a tag', lines('name: «!secret x')],
  ['NL021', 'a merge key with a string', lines('name: x', 'nodes:', '  a:', '    «<<: b')],

  ['NL101', 'an unknown property', edited(['mtu: 1450', '«mtuu: 1450'])],
  [
    'NL101',
    'an unknown property of a branch',
    edited(['roles: [compute]\n    reach: { via: lab', 'reach: { via: lab, «host: x']),
  ],
  ['NL101', 'a prototype as property', `${BASE}«__proto__: {}\n`],
  ['NL102', 'no name', '«physical_networks: {}\n'],
  [
    'NL102',
    'no cidr',
    edited(['ext-subnet: { cidr: 192.0.2.0/24, gateway_ip: 192.0.2.1, enable_dhcp: false }', '«ext-subnet: {}']),
  ],
  ['NL102', 'no host to reach', edited(['roles: [compute]\n    reach: { via: lab', '«reach: { via: ssh'])],
  ['NL102', 'no way to reach', edited(['roles: [compute]\n    reach: { via: lab }', '«reach: {}'])],
  ['NL103', 'a number for a string', edited(['gateway_ip: 10.0.0.1', 'gateway_ip: «10.0'])],
  ['NL103', 'nothing for a mapping', edited(['outer: {}', '«outer:'])],
  ['NL103', 'a string for a boolean', edited(['external: true', 'external: «yes'])],
  ['NL104', 'an unknown release', edited(['name: base', 'name: base\nrelease: «mitakka'])],
  ['NL104', 'an unknown way to reach', edited(['roles: [compute]\n    reach: { via: lab', 'reach: { via: «shh'])],
  ['NL104', 'a network type to come', edited(['mtu: 1450', 'network_type: «vxlan'])],
  ['NL105', 'an MTU too small', edited(['mtu: 1450', 'mtu: «67'])],
  ['NL105', 'a port too large', edited(['listen: [22]', 'listen: [22, «65536]'])],
  ['NL106', 'a name with a path in it', edited(['physical_networks:', "physical_networks:\n  «'../x': {}"])],
  [
    'NL106',
    'a name that looks like an address',
    edited(['physical_networks:', "physical_networks:\n  «'1.2.3.4': {}"]),
  ],
  ['NL106', 'a topology name in capitals', edited(['name: base', 'name: «Base'])],
  [
    'NL107',
    'an SSH host that is an option',
    edited(['roles: [compute]\n    reach: { via: lab', 'reach: { via: ssh, host: «-oProxyCommand=x']),
  ],
  ['NL108', 'no address', edited(['dns_nameservers: [9.9.9.9]', 'dns_nameservers: [«9.9.9.256]'])],
  ['NL109', 'an address without prefix length', edited(['addresses: [192.0.2.2/24]', 'addresses: [«192.0.2.2]'])],
  ['NL110', 'leading zeros', edited(['dns_nameservers: [9.9.9.9]', 'dns_nameservers: [«9.9.9.010]'])],
  ['NL111', 'IPv6', edited(['dns_nameservers: [9.9.9.9]', 'dns_nameservers: ["2001:db8::1"]'.replace('["', '[«"')])],
  ['NL112', 'a MAC in capitals', edited(["'00:00:5e:00:53:01'", "«'00:00:5E:00:53:01'"])],
  ['NL112', 'a multicast MAC', edited(["'00:00:5e:00:53:01'", "«'01:00:5e:00:53:01'"])],
  [
    'NL113',
    'a UUID in capitals',
    edited(['11111111-0000-0000-0000-000000000001', '«AAAAAAAA-0000-0000-0000-000000000001']),
  ],
  [
    'NL114',
    'the loopback as NIC',
    edited([
      'eth0: { physical_network: inner, mac',
      'eth0: { physical_network: inner }\n      «lo: { physical_network: inner, mac',
    ]),
  ],
  [
    'NL114',
    'a long NIC name',
    edited([
      'eth0: { physical_network: inner, mac',
      'eth0: { physical_network: inner }\n      «abcdefghijklmnop: { physical_network: inner, mac',
    ]),
  ],
  ['NL115', 'no roles', edited(['roles: [compute]', 'roles: «[]'])],

  [
    'NL201',
    'a mistyped physical network',
    edited(['eth0: { physical_network: outer, addr', 'eth0: { physical_network: «outr, addr']),
  ],
  ['NL202', 'a mistyped network of a port', edited(['{ network: lan,', '{ network: «lam,'])],
  ['NL203', 'a mistyped subnet', edited(['      lan-subnet: {}', '      lan-subnet: {}\n      «lan-subnett: {}'])],
  ['NL203', 'a network instead of a subnet', edited(['      lan-subnet: {}', '      lan-subnet: {}\n      «lan: {}'])],
  ['NL204', 'an unknown node', edited(['vm1:\n    node: com1', 'vm1:\n    node: «com2'])],
  ['NL205', 'an unknown instance', edited(['instance: vm1', 'instance: «vm2'])],
  ['NL205', 'an instance named as a property of every object', edited(['instance: vm1', 'instance: «toString'])],
  ['NL206', 'an unknown port', edited(['instance: vm1', 'instance: vm1, port: «eth1'])],
  [
    'NL206',
    'an instance without port',
    edited(
      ['hosts:', '  fip2: { floating_network: ext, instance: «vm2 }\nhosts:'],
      ['floating_ips:', '  vm2: { node: com1 }\nfloating_ips:'],
    ),
  ],
  ['NL207', 'an unknown asking machine', edited(['from: vm1', 'from: «vm3'])],
  ['NL207', 'an unknown asked machine', edited(['to: vm1', 'to: «vmm1'])],
  ['NL207', 'a node as asked machine', edited(['to: vm1', 'to: «com1'])],

  [
    'NL301',
    'a router without NIC',
    edited(
      ['      eth1: { physical_network: outer, addresses: [192.0.2.2/24] }\n', ''],
      ['external_gateway: { network: ext', 'external_gateway: { network: «ext'],
    ),
  ],
  [
    'NL301',
    'an instance without NIC',
    edited(
      [
        "      eth0: { physical_network: inner, mac_address: '00:00:5e:00:53:01' }",
        '      eth0: { physical_network: outer }',
      ],
      ['{ network: lan,', '{ network: «lan,'],
    ),
  ],
  [
    'NL302',
    'two NICs on one wire',
    edited([
      'eth0: { physical_network: inner, mac',
      'eth1: { physical_network: inner }\n      eth0: { physical_network: «inner, mac',
    ]),
  ],
  [
    'NL303',
    'two networks on one wire',
    edited([
      '  ext:\n',
      '  lan2:\n    physical_network: «inner\n    subnets: { s2: { cidr: 10.1.0.0/24, enable_dhcp: false } }\n  ext:\n',
    ]),
  ],
  [
    'NL304',
    'an instance on an absent node',
    edited(['roles: [compute]', 'state: absent'], ['vm1:\n    node: com1', 'vm1:\n    node: «com1']),
  ],
  [
    'NL305',
    'a router on a compute node',
    edited(['r1:\n    node: net1', 'r2:\n    node: «com1\n  r1:\n    node: net1']),
  ],
  ['NL305', 'an instance on a network node', edited(['vm1:\n    node: com1', 'vm1:\n    node: «net1'])],
  ['NL305', 'DHCP on a compute node', edited(['dhcp: { node: net1', 'dhcp: { node: «com1'])],
  [
    'NL306',
    'DHCP on a wire without node',
    edited(
      ['  ext:\n', '  «far:\n    physical_network: far\n    subnets: { far-subnet: { cidr: 10.1.0.0/24 } }\n  ext:\n'],
      ['  outer: {}', '  outer: {}\n  far: {}'],
    ),
  ],
  [
    'NL307',
    'a gateway on an inner network',
    edited(
      [
        'external_gateway: { network: ext, fixed_ip_address: 192.0.2.10 }\n    interfaces:\n      lan-subnet: {}',
        'external_gateway: { network: ext, fixed_ip_address: 192.0.2.10 }\n    interfaces:\n      lan-subnet: {}\n  r2:\n    node: net1\n    external_gateway: { network: «lan }\n  r3:\n    node: net1',
      ],
      ['    routes: [{ destination: 10.8.0.0/16, nexthop: 10.0.0.8 }]\n', ''],
    ),
  ],
  [
    'NL308',
    'an external network without subnet',
    edited(
      ['networks:\n  lan:', 'networks:\n  «ext2: { physical_network: outer2, external: true }\n  lan:'],
      ['  outer: {}', '  outer: {}\n  outer2: {}'],
    ),
  ],
  [
    'NL310',
    'more than the wire',
    edited(['inner: { mtu: 1500 }', 'inner: { mtu: 1400 }'], ['mtu: 1450', 'mtu: «1450']),
  ],
  ['NL310', 'more than a NIC', edited(['inner, mtu: 1500', 'inner, mtu: 1400'], ['mtu: 1450', 'mtu: «1450'])],
  [
    'NL311',
    'a floating network that is not external',
    edited(
      ['hosts:', '  fip2: { floating_network: «lan, instance: vm2 }\nhosts:'],
      ['floating_ips:', '  vm2: { node: com1, ports: { e: { network: lan } } }\nfloating_ips:'],
    ),
  ],
  [
    'NL312',
    'a router without gateway',
    edited(['    external_gateway: { network: ext, fixed_ip_address: 192.0.2.10 }\n', ''], ['  fip1:', '  «fip1:']),
  ],
  [
    'NL312',
    'a router without interface',
    edited(
      ['      lan-subnet: {}\n    routes: [{ destination: 10.8.0.0/16, nexthop: 10.0.0.8 }]', '      {}'],
      ['  fip1:', '  «fip1:'],
    ),
  ],
  [
    'NL313',
    'one of several ports',
    edited(['instance: vm1', 'instance: «vm1'], ['floating_ips:', '      eth1: { network: lan }\nfloating_ips:']),
  ],
  [
    'NL314',
    'two floating IPs for one port',
    edited(['hosts:', '  «fip2: { floating_network: ext, instance: vm1 }\nhosts:']),
  ],
  [
    'NL315',
    'a port on a network without subnet',
    edited(
      ['floating_ips:', '      eth1: { network: «bare }\nfloating_ips:'],
      ['networks:\n  lan:', 'networks:\n  bare: { physical_network: bare }\n  lan:'],
      ['instance: vm1', 'instance: vm1, port: eth0'],
      ['  outer: {}', '  outer: {}\n  bare: {}'],
      ['inner, mac', 'inner }\n      eth9: { physical_network: bare, mac'],
    ),
  ],
  [
    'NL316',
    'a DHCP port nobody needs',
    edited(['    external: true', '    external: true\n    «dhcp: { node: net1 }']),
  ],
  [
    'NL317',
    'two local nodes',
    edited(
      ['    roles: [network]\n    reach: { via: lab }', '    roles: [network]'],
      ['  «com1:'.replace('«', ''), '  «com1:'],
      ['    roles: [compute]\n    reach: { via: lab }', '    roles: [compute]'],
    ),
  ],
  [
    'NL317',
    'two nodes behind one SSH host',
    edited(
      ['    roles: [network]\n    reach: { via: lab }', '    roles: [network]\n    reach: { via: ssh, host: h }'],
      ['    roles: [compute]\n    reach: { via: lab }', '    roles: [compute]\n    reach: «{ via: ssh, host: h }'],
    ),
  ],

  [
    'NL318',
    'a floating IP for nothing',
    edited(['hosts:', '  «fip2: { floating_network: ext, fixed_ip_address: 10.0.0.77 }\nhosts:']),
  ],
  ['NL318', 'a floating IP for an instance and a network', edited(['instance: vm1', 'instance: vm1, network: «lan'])],
  [
    'NL202',
    'a floating IP for an address on an unknown network',
    edited(['hosts:', '  fip2: { floating_network: ext, network: «lam, fixed_ip_address: 10.0.0.77 }\nhosts:']),
  ],
  [
    'NL312',
    'a floating IP for an address no router is next to',
    edited(['hosts:', '  «fip2: { floating_network: ext, network: ext, fixed_ip_address: 192.0.2.77 }\nhosts:']),
  ],

  ['NL318', 'a port forwarding for nothing', forwarding('«{ protocol: tcp, external_port: 1, internal_port: 1 }')],
  [
    'NL205',
    'a port forwarding to an unknown instance',
    forwarding('{ protocol: tcp, external_port: 1, internal_port: 1, instance: «vm9 }'),
  ],
  [
    'NL206',
    'a port forwarding to an unknown port',
    forwarding('{ protocol: tcp, external_port: 1, internal_port: 1, instance: vm1, port: «eth9 }'),
  ],
  [
    'NL312',
    'a port forwarding to an address no router is next to',
    forwarding('{ protocol: tcp, external_port: 1, internal_port: 1, internal_ip_address: «10.7.0.1 }'),
  ],
  [
    'NL417',
    'a port forwarding to an address the port has not',
    forwarding('{ protocol: tcp, external_port: 1, internal_port: 1, instance: vm1, internal_ip_address: «10.0.0.12 }'),
  ],
  [
    'NL107',
    'a range of ports too large',
    forwarding('{ protocol: tcp, external_port_range: «1:65536, internal_port: 1, instance: vm1 }'),
  ],
  [
    'NL107',
    'a range of ports with a word in it',
    forwarding('{ protocol: tcp, external_port_range: «"1:2 -j ACCEPT", internal_port: 1, instance: vm1 }'),
  ],
  [
    'NL104',
    'a protocol without ports',
    forwarding('{ protocol: «icmp, external_port: 1, internal_port: 1, instance: vm1 }'),
  ],
  ['NL105', 'port 0', forwarding('{ protocol: tcp, external_port: «0, internal_port: 1, instance: vm1 }')],
  [
    'NL502',
    'two port forwardings with one id',
    forwarding(
      '{ id: 22222222-0000-0000-0000-00000000000f, protocol: tcp, external_port: 1, internal_port: 1, instance: vm1 }',
      '{ id: «22222222-0000-0000-0000-00000000000f, protocol: tcp, external_port: 2, internal_port: 1, instance: vm1 }',
    ),
  ],
  [
    'NL319',
    'a target and port forwardings',
    edited([
      'floating_ip_address: 192.0.2.11, instance: vm1 }',
      'floating_ip_address: 192.0.2.11, «instance: vm1, port_forwardings: [{ protocol: tcp, external_port: 1, internal_port: 1, instance: vm1 }] }',
    ]),
  ],
  [
    'NL115',
    'no port forwarding at all',
    edited(['192.0.2.11, instance: vm1 }', '192.0.2.11, port_forwardings: «[] }']),
  ],
  ['NL320', 'no external port', forwarding('«{ protocol: tcp, internal_port: 1, instance: vm1 }')],
  ['NL320', 'no internal port', forwarding('«{ protocol: tcp, external_port: 1, instance: vm1 }')],
  [
    'NL320',
    'a port and a range',
    forwarding('{ protocol: tcp, external_port: 1, «external_port_range: 1:2, internal_port: 1, instance: vm1 }'),
  ],
  [
    'NL321',
    'a range that ends before it starts',
    forwarding('{ protocol: tcp, external_port_range: «7:6, internal_port: 1, instance: vm1 }'),
  ],
  [
    'NL321',
    'ranges of different sizes',
    forwarding('{ protocol: tcp, external_port_range: 5:9, internal_port_range: «5:8, instance: vm1 }'),
  ],
  [
    'NL322',
    'a port twice',
    forwarding(
      '{ protocol: tcp, external_port: 22, internal_port: 22, instance: vm1 }',
      '{ protocol: udp, external_port: 22, internal_port: 22, instance: vm1 }',
      '«{ protocol: tcp, external_port: 22, internal_port: 23, instance: vm1 }',
    ),
  ],
  [
    'NL322',
    'a port of a range before it',
    forwarding(
      '{ protocol: tcp, external_port: 2222, internal_port: 22, instance: vm1 }',
      '«{ protocol: tcp, external_port_range: 2000:3000, internal_port: 23, instance: vm1 }',
      '{ protocol: tcp, external_port: 3001, internal_port: 23, instance: vm1 }',
    ),
  ],
  [
    'NL323',
    'two routers',
    forwarding(
      '{ protocol: tcp, external_port: 1, internal_port: 1, instance: vm1 }',
      '«{ protocol: tcp, external_port: 2, internal_port: 1, internal_ip_address: 10.0.1.5 }',
    )
      .replace(
        'instances:',
        '  r2:\n    node: net1\n    external_gateway: { network: ext, fixed_ip_address: 192.0.2.12 }\n    interfaces: { lan2-subnet: {} }\ninstances:',
      )
      .replace(
        '  ext:\n',
        '  lan2: { physical_network: third, subnets: { lan2-subnet: { cidr: 10.0.1.0/24 } } }\n  ext:\n',
      )
      .replace('  outer: {}\n', '  outer: {}\n  third: {}\n')
      .replace('      eth1: {', '      eth2: { physical_network: third }\n      eth1: {'),
  ],

  [
    'NL340',
    'an instance on a VLAN, behind a Linux bridge',
    edited(
      VLAN,
      ['    roles: [network]\n', '    roles: [network]\n    mechanism: openvswitch\n'],
      ['{ network: lan,', '{ network: «lan,'],
    ),
  ],
  [
    'NL340',
    'a router and its DHCP server the same',
    edited(
      VLAN,
      ['    roles: [compute]\n', '    roles: [compute]\n    mechanism: openvswitch\n'],
      ['    dhcp: { node: net1, fixed_ip_address: 10.0.0.2 }\n', ''],
      ['        gateway_ip: 10.0.0.1\n', '        gateway_ip: 10.0.0.1\n        enable_dhcp: false\n'],
      ['      lan-subnet: {}', '      «lan-subnet: {}'],
    ),
  ],
  [
    'NL306',
    'no node with Open vSwitch for the DHCP server of a VLAN network',
    edited(
      beside('').map((text) =>
        text
          .replace('lan2:', '«lan2:')
          .replace(
            'inner\n',
            'inner\n    network_type: vlan\n    segmentation_id: 8\n    subnets: { s2: { cidr: 10.1.0.0/24 } }\n',
          ),
      ) as [string, string],
    ),
  ],
  ['NL341', 'a tag without its type', edited(['    mtu: 1450\n', '    mtu: 1450\n    segmentation_id: «7\n'])],
  ['NL342', 'a type without its tag', switched(['    mtu: 1450\n', '    mtu: 1450\n    network_type: «vlan\n'])],
  [
    'NL105',
    'a tag that 802.1Q keeps for itself',
    switched(['    mtu: 1450\n', '    mtu: 1450\n    network_type: vlan\n    segmentation_id: «4095\n']),
  ],
  ['NL343', 'a VLAN for two networks', switched(VLAN, beside('    network_type: vlan\n    segmentation_id: «7\n'))],
  [
    'NL344',
    'mappings of Linux bridges',
    edited(['    roles: [network]\n', '    roles: [network]\n    «bridge_mappings: { outer: br-ex }\n']),
  ],
  [
    'NL345',
    'a mapping without NIC',
    switched([
      '    roles: [compute]\n    mechanism',
      '    roles: [compute]\n    bridge_mappings: { «outer: br-ex }\n    mechanism',
    ]),
  ],
  ['NL201', 'a mapping of an unknown physical network', mapped('bridge_mappings: { «outr: br-ex }')],
  ['NL346', 'the integration bridge for a physical network', mapped('bridge_mappings: { outer: «br-int }')],
  ['NL346', 'the datapath for a physical network', mapped('bridge_mappings: { outer: «ovs-netdev }')],
  [
    'NL346',
    'a NIC after which the bridge would be called br-int',
    switched(['      eth1: { physical_network: outer, addr', '      «int: { physical_network: outer, addr']),
  ],
  [
    'NL347',
    'a NIC with a long name',
    switched(['      eth1: { physical_network: outer, addr', '      «enx0123456789: { physical_network: outer, addr']),
  ],
  ['NL348', 'one bridge for both', mapped('bridge_mappings: { outer: br-ex, inner: «br-ex }')],
  [
    'NL348',
    'a mapping to the bridge another NIC has by default',
    mapped('bridge_mappings: { outer: br-eth0 }').replace(
      '      eth0: { physical_network: inner, mtu',
      '      «eth0: { physical_network: inner, mtu',
    ),
  ],
  ['NL350', 'Linux bridges without namespaces', edited(['  net1:\n', '  net1:\n    use_namespaces: «false\n'], AWAY)],
  [
    'NL351',
    'two routers without namespaces on one node',
    switched(['  net1:\n', '  net1:\n    use_namespaces: false\n'], AWAY, [
      'instances:\n',
      '  r2: { node: «net1 }\ninstances:\n',
    ]),
  ],
  [
    'NL352',
    'a network that the node itself is on, by a gateway',
    switched(
      ['  net1:\n', '  net1:\n    use_namespaces: false\n'],
      ['external_gateway: { network: ext', 'external_gateway: { network: «ext'],
    ),
  ],
  [
    'NL352',
    'a network that the node itself is on, by an interface',
    switched(
      ['  net1:\n', '  net1:\n    use_namespaces: false\n'],
      ['addresses: [192.0.2.2/24]', 'addresses: [10.0.0.250/20]'],
      ['lan-subnet: {}', '«lan-subnet: {}'],
    ),
  ],
  ['NL503', 'a bridge called as a NIC', mapped('bridge_mappings: { outer: «eth1 }')],

  ['NL401', 'a subnet with host bits', edited(['cidr: 192.0.2.0/24', 'cidr: «192.0.2.7/24'])],
  ['NL401', 'a destination with host bits', edited(['destination: 10.8.0.0/16', 'destination: «10.8.0.1/16'])],
  [
    'NL402',
    'a /31',
    edited(
      [
        'ext:\n',
        'ptp:\n    physical_network: far\n    subnets: { ptp-subnet: { cidr: «10.1.0.0/31, enable_dhcp: false } }\n  ext:\n',
      ],
      ['  outer: {}', '  outer: {}\n  far: {}'],
    ),
  ],
  ['NL403', 'overlap in a network', edited(['  ext:\n', '      more: { cidr: «10.0.0.128/25 }\n  ext:\n'])],
  [
    'NL404',
    'overlap on a router',
    edited(
      ['  ext:\n', '  lan2:\n    physical_network: far\n    subnets: { s2: { cidr: 10.0.0.128/25 } }\n  ext:\n'],
      ['  outer: {}', '  outer: {}\n  far: {}'],
      ['      lan-subnet: {}', '      lan-subnet: {}\n      «s2: {}'],
      ['inner, mtu: 1500 }', 'inner, mtu: 1500 }\n      eth7: { physical_network: far }'],
    ),
  ],
  [
    'NL404',
    'an interface on the external network',
    edited(['      lan-subnet: {}', '      lan-subnet: {}\n      «ext-subnet: { fixed_ip_address: 192.0.2.99 }']),
  ],
  ['NL405', 'a port outside', edited(['fixed_ip_address: 10.0.0.11', 'fixed_ip_address: «10.0.1.11'])],
  [
    'NL405',
    'an interface in another subnet',
    edited(['      lan-subnet: {}', '      lan-subnet: { fixed_ip_address: «10.0.9.1 }']),
  ],
  ['NL405', 'a floating IP outside', edited(['floating_ip_address: 192.0.2.11', 'floating_ip_address: «192.0.3.11'])],
  ['NL406', 'a broadcast address', edited(['fixed_ip_address: 10.0.0.11', 'fixed_ip_address: «10.0.0.255'])],
  ['NL406', 'a network address as gateway', edited(['gateway_ip: 192.0.2.1', 'gateway_ip: «192.0.2.0'])],
  ['NL406', 'a NIC with the network address', edited(['192.0.2.2/24', '«192.0.2.0/24'])],
  ['NL407', 'a port with the DHCP address', edited(['fixed_ip_address: 10.0.0.11', 'fixed_ip_address: «10.0.0.2'])],
  ['NL407', "a port with the router's address", edited(['fixed_ip_address: 10.0.0.11', 'fixed_ip_address: «10.0.0.1'])],
  [
    'NL407',
    "a host with a floating IP's address",
    edited(['addresses: [192.0.2.1/24]', 'addresses: [192.0.2.1/24, «192.0.2.11/24]']),
  ],
  [
    'NL407',
    'a floating IP with the gateway address',
    edited(
      ['addresses: [192.0.2.1/24]', 'addresses: []'],
      ['floating_ip_address: 192.0.2.11', 'floating_ip_address: «192.0.2.1'],
      ['  - { from: vm1, to: 192.0.2.1, protocol: tcp, port: 80, seen_as: 192.0.2.11 }\n', ''],
    ),
  ],
  ['NL116', 'more address scopes than there are marks', manyScopes()],
  [
    'NL220',
    'an unknown address scope',
    edited(['cidr: 10.0.0.0/24', 'cidr: 10.0.0.0/24\n        address_scope: «blu']),
  ],
  [
    'NL330',
    'a network in two address scopes',
    scoped(
      ['cidr: 10.0.0.0/24', 'cidr: 10.0.0.0/24\n        address_scope: blue'],
      ['  ext:\n', '      «lan-two: { cidr: 10.0.7.0/24 }\n  ext:\n'],
    ),
  ],
  [
    'NL331',
    'an address scope of a release that has none',
    scoped(
      ['name: base', 'name: base\nrelease: grizzly'],
      ['cidr: 10.0.0.0/24', 'cidr: 10.0.0.0/24\n        address_scope: «blue'],
    ),
  ],
  [
    'NL431',
    'one range twice in an address scope',
    scoped(
      ['cidr: 10.0.0.0/24', 'cidr: 10.0.0.0/24\n        address_scope: blue'],
      [
        '  ext:\n',
        '  two:\n    physical_network: outer2\n    subnets: { two: { cidr: «10.0.0.128/25, enable_dhcp: false, address_scope: blue } }\n  ext:\n',
      ],
      ['  outer: {}', '  outer: {}\n  outer2: {}'],
    ),
  ],
  ['NL408', 'a gateway outside', edited(['gateway_ip: 10.0.0.1', 'gateway_ip: «10.0.3.1'])],
  [
    'NL405',
    'one of several gateway addresses outside',
    edited(['fixed_ip_address: 192.0.2.10', 'fixed_ips: [192.0.2.10, «192.0.3.10]']),
  ],
  [
    'NL407',
    'one of several gateway addresses twice',
    edited(['fixed_ip_address: 192.0.2.10', 'fixed_ips: [192.0.2.10, «192.0.2.10]']),
  ],
  [
    'NL430',
    'one gateway address beside several',
    edited(['fixed_ip_address: 192.0.2.10', 'fixed_ip_address: «192.0.2.10, fixed_ips: [192.0.2.20]']),
  ],
  ['NL115', 'no gateway address', edited(['fixed_ip_address: 192.0.2.10', 'fixed_ips: «[]'])],
  [
    'NL409',
    'a pool backwards',
    edited(['[{ start: 10.0.0.2, end: 10.0.0.99 }]', '[«{ start: 10.0.0.99, end: 10.0.0.2 }]']),
  ],
  ['NL410', 'a pool beyond its subnet', edited(['end: 10.0.0.99', 'end: «10.0.1.99'])],
  ['NL410', 'a pool with the network address', edited(['[{ start: 10.0.0.2,', '[{ start: «10.0.0.0,'])],
  [
    'NL411',
    'overlapping pools',
    edited(['end: 10.0.0.99 }', 'end: 10.0.0.99 }, «{ start: 10.0.0.99, end: 10.0.0.200 }']),
  ],
  ['NL412', 'a pool with the gateway', edited(['[{ start: 10.0.0.2,', '[«{ start: 10.0.0.1,'])],
  ['NL413', 'a next hop far away', edited(['nexthop: 10.0.0.8', 'nexthop: «10.7.0.8'])],
  ['NL413', 'a next hop that is the router', edited(['nexthop: 10.0.0.8', 'nexthop: «10.0.0.1'])],
  ['NL413', 'a next hop for hosts outside their subnet', edited(['nexthop: 10.0.0.9', 'nexthop: «10.7.0.9'])],
  [
    'NL413',
    'a next hop no host reaches',
    edited(['    listen: [80]\n', '    listen: [80]\n    routes: [{ destination: 0.0.0.0/0, nexthop: «10.0.0.1 }]\n']),
  ],
  [
    'NL414',
    'an interface without address',
    edited(['gateway_ip: 10.0.0.1', 'gateway_ip: null'], ['      lan-subnet: {}', '      «lan-subnet: {}']),
  ],
  [
    'NL415',
    'a loopback gateway beyond its external subnet',
    edited(['gateway_ip: 192.0.2.1', 'gateway_ip: «127.0.0.1']),
  ],
  [
    'NL414',
    'an interface that cannot take a gateway address beyond its subnet',
    edited(
      [
        'ext-subnet: { cidr: 192.0.2.0/24, gateway_ip: 192.0.2.1',
        'ext-subnet: { cidr: 192.0.2.0/24, gateway_ip: 192.0.3.1',
      ],
      ['    external_gateway: { network: ext, fixed_ip_address: 192.0.2.10 }\n', ''],
      ['      lan-subnet: {}', '      lan-subnet: {}\n      «ext-subnet: {}'],
      ['  fip1: { floating_network: ext, floating_ip_address: 192.0.2.11, instance: vm1 }', '  {}'],
    ),
  ],
  [
    'NL415',
    'a loopback subnet',
    edited(
      [
        'ext:\n',
        'loop:\n    physical_network: far\n    subnets: { loop-subnet: { cidr: «127.1.0.0/24, enable_dhcp: false } }\n  ext:\n',
      ],
      ['  outer: {}', '  outer: {}\n  far: {}'],
    ),
  ],
  ['NL415', 'a multicast NIC', edited(['192.0.2.2/24', '«224.0.0.5/24'])],
  ['NL415', 'a multicast destination', edited(['destination: 10.8.0.0/16', 'destination: «224.0.0.0/16'])],
  [
    'NL416',
    'a destination twice',
    edited(['nexthop: 10.0.0.8 }', 'nexthop: 10.0.0.8 }, { destination: «10.8.0.0/16, nexthop: 10.0.0.8 }']),
  ],
  ['NL417', 'not the address of the port', edited(['instance: vm1', 'instance: vm1, fixed_ip_address: «10.0.0.12'])],
  ['NL417', 'none of the addresses of the port', several('10.0.0.11, 10.0.0.12', ', fixed_ip_address: «10.0.0.13')],
  [
    'NL418',
    'one of several addresses',
    edited([FIXED, `fixed_ips: [10.0.0.11, 10.0.0.12],`], ['instance: vm1', 'instance: «vm1']),
  ],
  [
    'NL418',
    'a port forwarding to one of several addresses',
    forwarding('{ protocol: tcp, external_port: 1, internal_port: 1, instance: «vm1 }').replace(
      FIXED,
      'fixed_ips: [10.0.0.11, 10.0.0.12],',
    ),
  ],
  ['NL405', 'one of several addresses of a port', several('10.0.0.11, «10.0.1.11')],
  ['NL407', 'one of several addresses of a port twice', several('10.0.0.11, «10.0.0.11')],
  ['NL115', 'no address of a port', edited([FIXED, 'fixed_ips: «[],'])],
  [
    'NL430',
    'one address of a port beside several',
    edited(
      [FIXED, 'fixed_ip_address: «10.0.0.11, fixed_ips: [10.0.0.12],'],
      ['instance: vm1', 'instance: vm1, fixed_ip_address: 10.0.0.12'],
    ),
  ],
  [
    'NL314',
    'two floating IPs for one of several addresses',
    several('10.0.0.11, 10.0.0.12').replace(
      'hosts:',
      '  «fip2: { floating_network: ext, instance: vm1, fixed_ip_address: 10.0.0.11 }\nhosts:',
    ),
  ],
  [
    'NL314',
    'two floating IPs for one address, by its port and by its network',
    edited(['hosts:', '  «fip2: { floating_network: ext, network: lan, fixed_ip_address: 10.0.0.11 }\nhosts:']),
  ],

  [
    'NL501',
    'a MAC twice',
    edited(['fixed_ip_address: 10.0.0.11,', "fixed_ip_address: 10.0.0.11, mac_address: «'00:00:5e:00:53:01',"]),
  ],
  ['NL502', 'an id twice', edited(['22222222-0000-0000-0000-000000000001', '«11111111-0000-0000-0000-000000000001'])],
  [
    'NL503',
    'two ports with one device name',
    edited(
      ['instance: vm1', 'instance: vm1, port: eth0'],
      ['floating_ips:', '      eth1: { network: lan, id: «22222222-0000-0000-0000-000000000002 }\nfloating_ips:'],
    ),
  ],
  [
    'NL503',
    'a NIC named as a bridge',
    edited(
      [
        'roles: [network]\n    reach: { via: lab }\n    nics:',
        'roles: [network]\n    reach: { via: lab }\n    nics:\n      brq11111111-00: { physical_network: far }',
      ],
      ['id: 11111111', 'id: «11111111'],
      ['  outer: {}', '  outer: {}\n  far: {}'],
    ),
  ],
  ['NL504', 'a host named as an instance', edited(['  out:\n', '  «vm1: {}\n  out:\n'])],
  ['NL505', 'a subnet name twice', edited(['      ext-subnet: {', '      «lan-subnet: {'])],

  ['NL107', 'a domain that ends with a dot', edited(['name: base\n', 'name: base\ndns_domain: «example.org.\n'])],
  ['NL107', 'a DNS name of two labels', port('dns_name: «web.example')],
  ['NL107', 'a DNS name that is another port’s default', port('dns_name: «host-10-0-0-12')],
  ['NL107', 'an option dnsmasq does not know', port('extra_dhcp_opts: [{ opt_name: «bootfile, opt_value: x }]')],
  ['NL107', 'a tag nobody sets', port("extra_dhcp_opts: [{ opt_name: «'tag:x,bootfile-name', opt_value: x }]")],
  ['NL107', 'an option on two lines', port('extra_dhcp_opts: [{ opt_name: bootfile-name, opt_value: «"x\\ny" }]')],
  ['NL721', 'a router without an address', port('extra_dhcp_opts: [{ opt_name: router, opt_value: «gw }]')],
  ['NL721', 'the same by its number', port("extra_dhcp_opts: [{ opt_name: '3', opt_value: «'10.0.0.1,gw' }]")],
  ['NL722', 'an identifier with a comma', port("extra_dhcp_opts: [{ opt_name: client-id, opt_value: «'a,b' }]")],
  [
    'NL723',
    'an option twice',
    port("extra_dhcp_opts: [{ opt_name: '26', opt_value: '1' }, { opt_name: «'26', opt_value: '2' }]"),
  ],
  [
    'NL724',
    'a DNS name twice',
    port('dns_name: web }\n  vm2:\n    node: com1\n    ports:\n      eth0: { network: lan, dns_name: «web'),
  ],

  ['NL221', 'a port in an unknown group', port('security_groups: [default, «wbe]')],
  ['NL221', 'a rule for an unknown group', ruled('remote_group: «wbe')],
  ['NL102', 'a rule without direction', group('{ rules: [«{ protocol: tcp }] }')],
  ['NL107', 'an unknown protocol', ruled('protocol: «tpc')],
  ['NL107', 'a prefix that is an address', ruled("remote_ip_prefix: «'192.0.2.1'")],
  ['NL731', 'groups of an unfiltered port', port('port_security_enabled: false, security_groups: «[default]')],
  [
    'NL731',
    'pairs of an unfiltered port',
    port('port_security_enabled: false, allowed_address_pairs: «[{ ip_address: 10.0.0.99 }]'),
  ],
  ['NL732', 'ports without a protocol', ruled('port_range_min: «22, port_range_max: 22')],
  ['NL732', 'ports of a protocol without any', ruled('protocol: gre, port_range_min: «22, port_range_max: 22')],
  ['NL732', 'half a range', ruled('protocol: tcp, port_range_min: «22')],
  ['NL732', 'a code without a type', ruled('protocol: icmp, port_range_max: «0')],
  ['NL733', 'a range the wrong way round', ruled('protocol: tcp, port_range_min: «23, port_range_max: 22')],
  ['NL733', 'port 0', ruled('protocol: udp, port_range_min: «0, port_range_max: 22')],
  ['NL733', 'a type beyond a byte', ruled('protocol: icmp, port_range_min: «256')],
  ['NL734', 'a prefix and a group', ruled('remote_ip_prefix: 192.0.2.0/24, remote_group: «default')],
  ['NL735', 'IPv6 in a rule for IPv4', ruled("remote_ip_prefix: «'2001:db8::/32'")],
  ['NL735', 'IPv4 in a rule for IPv6', ruled('ethertype: IPv6, remote_ip_prefix: «192.0.2.0/24')],
  ['NL736', 'a protocol of IPv6 in a rule for IPv4', ruled('protocol: «icmpv6')],
  ['NL736', 'the same by its number', ruled('protocol: «58, port_range_min: 128')],
  [
    'NL737',
    'one rule twice, in two spellings',
    group('{ rules: [{ direction: ingress, protocol: 6 }, «{ direction: ingress, protocol: tcp, ethertype: IPv4 }] }'),
  ],
  ['NL737', 'a default rule once more', group('{ rules: [«{ direction: egress }] }')],
  ['NL738', 'no IPv6 network', ruled("ethertype: IPv6, remote_ip_prefix: «'2001:db8:::/32'")],
  ['NL738', 'no IPv6 address', port("allowed_address_pairs: [{ ip_address: «'fe80::1::2' }]")],
  [
    'NL739',
    'an egress rule beside the default ones',
    group('{ rules: [«{ direction: egress, protocol: tcp, port_range_min: 443, port_range_max: 443 }] }'),
  ],

  [
    'NL601',
    'an instance without guest asks',
    edited(['vm1:\n    node: com1', 'vm1:\n    attach: tap\n    node: com1'], ['from: vm1', 'from: «vm1']),
  ],
  ['NL601', 'a node asks', edited(['from: vm1', 'from: «net1'])],
  ['NL602', 'tcp without port', edited(['protocol: tcp, port: 22', 'protocol: «tcp'])],
  ['NL603', 'ping with port', edited(['protocol: tcp, port: 22', 'port: «22'])],
  [
    'NL604',
    'seen as by nobody',
    edited(['port: 80, seen_as: 192.0.2.11', 'port: 80, succeeds: false, seen_as: «192.0.2.11']),
  ],
  [
    'NL603',
    'dns with port',
    edited(['protocol: tcp, port: 80, seen_as: 192.0.2.11', 'protocol: dns, name: vm1, port: «80']),
  ],
  ['NL606', 'dns without name', edited(['protocol: tcp, port: 80, seen_as: 192.0.2.11', 'protocol: «dns'])],
  ['NL607', 'a name for nothing', edited(['protocol: tcp, port: 22', 'protocol: tcp, port: 22, name: «vm1'])],
  [
    'NL608',
    'a host asks for a name',
    edited(['from: out', 'from: «out'], ['protocol: tcp, port: 22', 'protocol: dns, name: vm1']),
  ],
  ['NL605', 'nobody listens', edited(['port: 22 }', 'port: «23 }'])],

  ['NL701', 'user data twice', told("{ user_data: a, user_data_base64: «'YQ==' }")],
  ['NL702', 'user data that is no base64', told('{ user_data_base64: «"%%%" }')],
  ['NL702', 'base64 with a piece missing', told("{ user_data_base64: «'YQ=' }")],
  ['NL703', 'large user data', told(`{ user_data: «'${'x'.repeat(65537)}' }`)],
  ['NL703', 'user data large in bytes', told(`{ user_data: «'${'ü'.repeat(40000)}' }`)],
  ['NL703', 'large user data as base64', told(`{ user_data_base64: «'${'QUJD'.repeat(22000)}' }`)],
  [
    'NL704',
    'neither router nor DHCP',
    edited(
      [
        'networks:\n  lan:',
        'networks:\n  far: { physical_network: far, subnets: { far: { cidr: 10.7.0.0/24, enable_dhcp: false } } }\n  lan:',
      ],
      ['  outer: {}', '  outer: {}\n  far: {}'],
      [
        "mac_address: '00:00:5e:00:53:01' }",
        "mac_address: '00:00:5e:00:53:01' }\n      eth9: { physical_network: far }",
      ],
      ['floating_ips:', '  vm2: { node: com1, ports: { eth0: { network: far } }, «metadata: {} }\nfloating_ips:'],
    ),
  ],
  ['NL107', 'a host name with a blank', told('{ hostname: «a b }')],
  ['NL107', 'a host name that ends with a dash', told('{ hostname: «a- }')],
  ['NL107', 'a name of a key with a line break', told(`{ public_keys: { «"a\\nb": ${SSH_KEY} } }`)],
  ['NL107', 'a key with a line break', told(`{ public_keys: { a: «"${SSH_KEY}\\nssh-rsa AAAA" } }`)],
  ['NL107', 'a key that is none', told('{ public_keys: { a: «\'from="*" ssh-rsa AAAA\' } }')],
  ['NL101', 'an unknown property of metadata', told('{ «userdata: a }')],
];
