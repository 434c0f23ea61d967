import fc from 'fast-check';
import { stringify } from 'yaml';
import type {
  FloatingIp,
  Instance,
  Network,
  Nic,
  Node,
  Port,
  PortForwarding,
  Router,
  SecurityGroup,
  Topology,
} from '../../src/topology/types.gen.ts';

/** Small documents that pass every check and use most fields, given or derived. */
export function topologyDocs(): fc.Arbitrary<Topology> {
  return choices().map(build);
}

/** The same as YAML. */
export function topologyTexts(): fc.Arbitrary<string> {
  return topologyDocs().map((doc) => stringify(doc));
}

/** A document with the entries of every mapping in reverse order; lists are unchanged. */
export function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]: [string, unknown]) => [key, reversed(inner)])) as T;
}

/** Free choices; `build` resolves conflicts so that the topology is valid. Names contain the object's number. */
interface Choices {
  readonly release: 'grizzly' | 'mitaka' | 'zed' | undefined;
  readonly nodes: number;
  /** The gateway of one of the two external subnets: as usual, none, or outside the subnet. */
  readonly outside: string | null | undefined;
  readonly networks: readonly NetworkChoice[];
  readonly routers: readonly RouterChoice[];
  readonly instances: readonly InstanceChoice[];
}

interface NetworkChoice {
  readonly given: boolean;
  readonly mtu: number | undefined;
  readonly scope: string | undefined;
  readonly domain: string | undefined;
  readonly subnets: readonly SubnetChoice[];
}

interface SubnetChoice {
  readonly prefixLength: number;
  readonly dhcp: boolean;
  readonly pools: boolean;
  readonly nameServers: readonly string[] | undefined;
  readonly hostRoute: boolean;
  /** Which router has an interface on it, if it is there. */
  readonly router: number;
}

interface RouterChoice {
  readonly given: boolean;
  readonly gateway: boolean;
  readonly snat: boolean;
  /** The external subnets in which the gateway has an address, in this order; `undefined`: derived. */
  readonly outside: readonly string[] | undefined;
  readonly node: number;
  /** Number of next hops of its route. */
  readonly hops: number;
}

interface InstanceChoice {
  readonly given: boolean;
  /** Whether a port whose address is given has a second one, in the network's last subnet. */
  readonly several: boolean;
  readonly network: number;
  readonly node: number;
  readonly attach: 'lab' | 'tap';
  /** Whether it has a floating IP, or port forwardings of one. */
  readonly floating: 'none' | 'whole' | 'ports';
  readonly forwardings: readonly ForwardingChoice[];
  readonly named: boolean;
  readonly security: PortSecurity;
  readonly metadata: Instance['metadata'];
  readonly options: readonly ExtraOption[];
}

interface ForwardingChoice {
  readonly given: boolean;
  readonly protocol: 'tcp' | 'udp';
  /** One port, a range to as many, or a range to a single one. */
  readonly shape: 'one' | 'range' | 'funnel';
  /** Also to an address outside the instances. */
  readonly beside: boolean;
}

interface ExtraOption {
  readonly opt_name: string;
  readonly opt_value: string;
}

/** One list for each special case of options in dnsmasq. */
const OPTIONS: readonly (readonly ExtraOption[])[] = [
  [],
  [{ opt_name: 'bootfile-name', opt_value: 'pxelinux.0' }],
  [
    { opt_name: 'ntp-server', opt_value: '192.0.2.7,192.0.2.8' },
    { opt_name: 'tag:ipxe,67', opt_value: 'http://192.0.2.7/boot.ipxe' },
  ],
  [{ opt_name: 'client-id', opt_value: '01:aa:bb' }],
];

/** No metadata, empty metadata, and all fields. */
const METADATA: readonly Instance['metadata'][] = [
  undefined,
  {},
  { hostname: 'host.example.org', public_keys: { mine: 'ssh-ed25519 AAAA me@here' }, user_data: '#!/bin/sh\nexit\n' },
  { user_data_base64: 'AAEC/w==' },
];

type PortSecurity = Pick<Port, 'security_groups' | 'port_security_enabled' | 'allowed_address_pairs'>;

/** Most ports are not filtered, because chains are most of a port's resources. */
const SECURITY: readonly PortSecurity[] = [
  ...Array.from({ length: 4 }, () => ({ port_security_enabled: false })),
  {},
  { security_groups: [] },
  { security_groups: ['web', 'default'], allowed_address_pairs: [{ ip_address: '10.99.0.0/16' }] },
  { security_groups: ['bare'], allowed_address_pairs: [{ ip_address: 'fe80::7', mac_address: '00:00:5e:00:01:07' }] },
];

/** One group with rules of all shapes, and one without state. */
const GROUPS: Readonly<Record<string, SecurityGroup>> = {
  web: {
    rules: [
      { direction: 'ingress', protocol: 'tcp', port_range_min: 80, port_range_max: 89, remote_group: 'bare' },
      { direction: 'ingress', protocol: 'icmp', port_range_min: 8, remote_ip_prefix: '192.0.2.0/24' },
      { direction: 'ingress', ethertype: 'IPv6', protocol: 'tcp', port_range_min: 22, port_range_max: 22 },
    ],
  },
  bare: { stateful: false, default_rules: false, rules: [{ direction: 'egress', protocol: 112, remote_group: 'web' }] },
};

/** The external subnets. */
const FIRST = '203.0.113';
const SECOND = '198.51.100';

function choices(): fc.Arbitrary<Choices> {
  const small = fc.nat(3);
  const subnet = fc.record<SubnetChoice>({
    prefixLength: fc.integer({ min: 22, max: 26 }),
    dhcp: fc.boolean(),
    pools: fc.boolean(),
    nameServers: fc.constantFrom(undefined, ['8.8.8.8'], ['8.8.8.8', '1.1.1.1'], ['0.0.0.0']),
    hostRoute: fc.boolean(),
    // Most have the first one, so that many instances reach the outside.
    router: fc.constantFrom(0, 0, 0, 1, 2, 3),
  });
  const forwarding = fc.record<ForwardingChoice>({
    given: fc.boolean(),
    protocol: fc.constantFrom('tcp', 'udp'),
    shape: fc.constantFrom('one', 'range', 'funnel'),
    beside: fc.boolean(),
  });
  return fc.record<Choices>({
    release: fc.constantFrom(undefined, 'grizzly', 'mitaka', 'zed'),
    nodes: fc.integer({ min: 1, max: 3 }),
    outside: fc.constantFrom(undefined, null, '192.0.2.1'),
    networks: fc.array(
      fc.record<NetworkChoice>({
        given: fc.boolean(),
        mtu: fc.constantFrom(undefined, 1400, 1500),
        scope: fc.constantFrom(undefined, 'one', 'two'),
        domain: fc.constantFrom(undefined, 'example.org'),
        subnets: fc.array(subnet, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    routers: fc.array(
      fc.record<RouterChoice>({
        given: fc.boolean(),
        gateway: fc.constantFrom(true, true, true, false),
        snat: fc.boolean(),
        outside: fc.constantFrom(undefined, [FIRST], [SECOND], [FIRST, SECOND], [SECOND, FIRST]),
        node: small,
        hops: fc.nat(2),
      }),
      { maxLength: 3 },
    ),
    instances: fc.array(
      fc.record<InstanceChoice>({
        given: fc.boolean(),
        several: fc.boolean(),
        network: small,
        node: small,
        attach: fc.constantFrom('lab', 'tap'),
        floating: fc.constantFrom('none', 'whole', 'ports'),
        forwardings: fc.array(forwarding, { minLength: 1, maxLength: 3 }),
        named: fc.boolean(),
        security: fc.constantFrom(...SECURITY),
        metadata: fc.constantFrom(...METADATA),
        options: fc.constantFrom(...OPTIONS),
      }),
      { maxLength: 6 },
    ),
  });
}

function build({ release, nodes, outside, networks, routers, instances }: Choices): Topology {
  const scoped = release !== 'grizzly';
  const nodeOf = (node: number): string => `node${String(node % nodes)}`;
  const wires = ['outer', ...networks.map((_, index) => `wire${String(index)}`)];
  const nics: Record<string, Nic> = record(
    wires.map((wire, index) => [`eth${String(index)}`, { physical_network: wire }]),
  );
  return {
    name: 'arbitrary',
    ...(release === undefined ? {} : { release }),
    ...(scoped ? { address_scopes: { one: {}, two: {} } } : {}),
    physical_networks: record(wires.map((wire) => [wire, {}])),
    nodes: record(range(nodes).map((node): [string, Node] => [nodeOf(node), { reach: { via: 'lab' }, nics }])),
    networks: {
      ...record(networks.map((network, index) => [networkName(index), networkSpec(network, index, scoped)])),
      outer: {
        physical_network: 'outer',
        external: true,
        subnets: {
          outside: { cidr: `${FIRST}.0/24`, enable_dhcp: false },
          beyond: {
            cidr: `${SECOND}.0/24`,
            enable_dhcp: false,
            ...(outside === undefined ? {} : { gateway_ip: outside }),
          },
        },
      },
    },
    routers: record(
      routers.map((router, index) => [`router${String(index)}`, routerSpec(router, index, networks, nodeOf)]),
    ),
    security_groups: GROUPS,
    instances: record(
      instances.map((one, index) => [`vm${String(index)}`, instanceSpec(one, index, networks, nodeOf)]),
    ),
    floating_ips: record(instances.flatMap((one, index) => floatingSpec(one, index, networks, routers))),
  };
}

function networkSpec({ given, mtu, scope, domain, subnets }: NetworkChoice, network: number, scoped: boolean): Network {
  return {
    ...(domain === undefined ? {} : { dns_domain: domain }),
    ...(given ? { id: uuid(1, network) } : {}),
    ...(mtu === undefined ? {} : { mtu }),
    physical_network: `wire${String(network)}`,
    subnets: record(
      subnets.map(({ prefixLength, dhcp, pools, nameServers, hostRoute }, index) => {
        const at = prefix(network, index);
        return [
          subnetName(network, index),
          {
            cidr: `${at}.0/${String(prefixLength)}`,
            enable_dhcp: dhcp,
            ...(scoped && scope !== undefined ? { address_scope: scope } : {}),
            ...(pools
              ? {
                  allocation_pools: [
                    { start: `${at}.40`, end: `${at}.50` },
                    { start: `${at}.5`, end: `${at}.15` },
                  ],
                }
              : {}),
            ...(nameServers ? { dns_nameservers: [...nameServers] } : {}),
            ...(hostRoute ? { host_routes: [{ destination: '192.168.0.0/16', nexthop: `${at}.3` }] } : {}),
          },
        ];
      }),
    ),
  };
}

function routerSpec(
  { given, gateway, snat, outside, node, hops }: RouterChoice,
  router: number,
  networks: readonly NetworkChoice[],
  nodeOf: (node: number) => string,
): Router {
  const served = networks.flatMap(({ subnets }, network) =>
    subnets.flatMap((subnet, index) => (subnet.router === router ? [{ network, index }] : [])),
  );
  const [first] = served;
  const fixedIps = outside === undefined ? {} : { fixed_ips: outside.map((at) => `${at}.${String(200 + router)}`) };
  const nexthops = first === undefined ? [] : ['4', '3'].slice(0, hops);
  return {
    ...(given ? { id: uuid(2, router) } : {}),
    node: nodeOf(node),
    ...(gateway ? { external_gateway: { network: 'outer', enable_snat: snat, ...fixedIps } } : {}),
    interfaces: record(served.map(({ network, index }) => [subnetName(network, index), {}])),
    routes: nexthops.map((host) => ({
      destination: '172.16.0.0/12',
      nexthop: `${prefix(first?.network ?? 0, first?.index ?? 0)}.${host}`,
    })),
  };
}

function instanceSpec(
  choice: InstanceChoice,
  instance: number,
  networks: readonly NetworkChoice[],
  nodeOf: (node: number) => string,
): Instance {
  const { node, attach, network, named, security, metadata, options } = choice;
  const [first, second] = addressesOf(choice, instance, networks);
  const port = {
    ...security,
    network: networkName(network % networks.length),
    ...(first === undefined ? {} : { id: uuid(3, instance) }),
    ...(second !== undefined && first !== undefined ? { fixed_ips: [first, second] } : {}),
    ...(second === undefined && first !== undefined ? { fixed_ip_address: first } : {}),
    ...(named ? { dns_name: `vm-${String(instance)}` } : {}),
    ...(options.length > 0 ? { extra_dhcp_opts: [...options] } : {}),
  };
  return { node: nodeOf(node), attach, ...(metadata === undefined ? {} : { metadata }), ports: { eth0: port } };
}

/** The addresses the document gives an instance's port: none, one or two. */
function addressesOf(
  { given, several, network }: InstanceChoice,
  instance: number,
  networks: readonly NetworkChoice[],
): string[] {
  if (!given) return [];
  const on = network % networks.length;
  const last = (networks[on]?.subnets.length ?? 1) - 1;
  const first = `${prefix(on, 0)}.${String(20 + instance)}`;
  return several ? [first, `${prefix(on, last)}.${String(30 + instance)}`] : [first];
}

/** Floating IPs only if exactly one router connects every possible address; one for each of several addresses. */
function floatingSpec(
  choice: InstanceChoice,
  instance: number,
  networks: readonly NetworkChoice[],
  routers: readonly RouterChoice[],
): [string, FloatingIp][] {
  const { floating, network, forwardings } = choice;
  const on = network % networks.length;
  const all = networks[on]?.subnets ?? [];
  const addresses = addressesOf(choice, instance, networks);
  // A single given address is on the first subnet.
  const subnets = addresses.length === 1 ? all.slice(0, 1) : all;
  const reachable = subnets.every(({ router }) => routers[router]?.gateway === true);
  if (floating === 'none' || !reachable) return [];
  const name = `fip${String(instance)}`;
  const target = { instance: `vm${String(instance)}` };
  if (floating === 'whole') {
    if (addresses.length < 2) return [[name, { floating_network: 'outer', ...target }]];
    return addresses.map((fixed, index) => [
      `${name}-${String(index)}`,
      { floating_network: 'outer', ...target, fixed_ip_address: fixed },
    ]);
  }
  const [first, second] = addresses;
  // An address beside an instance with a derived subnet may be behind another router.
  const beside =
    first === undefined ? undefined : { network: networkName(on), internal_ip_address: `${prefix(on, 0)}.60` };
  // Of several addresses the one on the first subnet is named, as for the address beside it.
  const towards = second === undefined ? target : { ...target, internal_ip_address: first };
  const port_forwardings = forwardings.map((one, index) =>
    forwardingSpec(one, instance, index, one.beside && beside !== undefined ? beside : towards),
  );
  return [[name, { floating_network: 'outer', port_forwardings }]];
}

function forwardingSpec(
  { given, protocol, shape }: ForwardingChoice,
  instance: number,
  index: number,
  target: Pick<PortForwarding, 'network' | 'internal_ip_address' | 'instance'>,
): PortForwarding {
  const first = 1000 * (index + 1);
  const range = `${String(first)}:${String(first + 9)}`;
  return {
    ...(given ? { id: uuid(4, instance * 3 + index) } : {}),
    protocol,
    ...(shape === 'one' ? { external_port: first } : { external_port_range: range }),
    ...(shape === 'range' ? { internal_port_range: '2000:2009' } : { internal_port: 22 }),
    ...target,
  };
}

function networkName(network: number): string {
  return `net${String(network)}`;
}

function subnetName(network: number, subnet: number): string {
  return `net${String(network)}-${String(subnet)}`;
}

/** Subnets are at least 4 × 256 addresses apart. */
function prefix(network: number, subnet: number): string {
  return `10.${String(network)}.${String(subnet * 4)}`;
}

function uuid(kind: number, number: number): string {
  return `${String(kind)}${String(number).padStart(2, '0')}00000-0000-4000-8000-000000000000`;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function record<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries);
}
