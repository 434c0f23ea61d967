import { contains } from '../net/block.ts';
import { BlockMap } from '../net/block-map.ts';
import type { Held } from '../model/held.ts';
import { compareIps, parseIp } from '../net/ip.ts';
import { originalPath } from '../topology/renames.ts';
import { eachEntry } from '../topology/entries.ts';
import { outsideSubnets } from '../topology/outside.ts';
import { addressesOf, type Addressed } from '../topology/port-addresses.ts';
import type { Dhcp, Network, Topology } from '../topology/types.gen.ts';
import type { Path, ValidTopology } from '../topology/valid.ts';
import type { AddressSeeker, AddressRequest } from './addresses.ts';
import { idAt } from './ids.ts';
import { required } from './required.ts';
import { scopeNumbers } from './scopes.ts';
import { readSubnets } from './subnets.ts';
import type { SubnetDraft } from './subnets.ts';
import { localVlans } from './vlans.ts';

/** A port or floating IP before addresses and MACs are assigned. */
export interface Draft extends AddressSeeker {
  readonly path: Path;
  readonly network: NetworkDraft;
  readonly mac: string | undefined;
}

export interface NetworkDraft {
  readonly name: string;
  readonly id: string;
  /** Its local VLAN in the integration bridge of a node with Open vSwitch. */
  readonly vlan: number;
  readonly spec: Network;
  readonly mtu: number;
  readonly subnets: readonly SubnetDraft[];
  /** The subnets, lowest range first: the order in which addresses are assigned from them. */
  readonly byRange: readonly SubnetDraft[];
  /** The subnets, by the addresses they contain. */
  readonly blocks: BlockMap<SubnetDraft>;
}

/** Every network, port and floating IP of the document with its id, before MACs and addresses are assigned. */
export interface Drafts {
  readonly networks: ReadonlyMap<string, NetworkDraft>;
  /** By the network's name; only where a subnet enables DHCP. */
  readonly dhcp: ReadonlyMap<string, Draft>;
  /** By the router's name. */
  readonly gateways: ReadonlyMap<string, Draft>;
  /** By the router's name, in the order of the file. */
  readonly interfaces: ReadonlyMap<string, readonly Draft[]>;
  /** By the instance's name, then by the port's. */
  readonly ports: ReadonlyMap<string, ReadonlyMap<string, Draft>>;
  /** By the floating IP's name. */
  readonly floatingIps: ReadonlyMap<string, Draft>;
  /** The numbers of the address scopes, by name. */
  readonly scopes: ReadonlyMap<string, number>;
}

const DEFAULT_MTU = 1500;

/** Reads the drafts from the document. */
export function readDrafts(topology: ValidTopology, held: Held): Drafts {
  const { doc } = topology;
  const ids = mapEntries(doc.networks, (name, spec) => spec.id ?? idAt(doc, ['networks', name]));
  const scopes = scopeNumbers(
    mapEntries(doc.address_scopes, (name) => originalPath(doc, ['address_scopes', name])[1] ?? name),
    held.scopes,
  );
  const vlans = localVlans([...ids.values()], held.vlans);
  const networks = mapEntries(doc.networks, (name, spec) => {
    const id = required(ids.get(name), `an id for ${name}`);
    return readNetwork(topology, name, spec, { id, vlan: required(vlans.get(id), `a VLAN for ${name}`), scopes });
  });
  const networkNamed = (name: string): NetworkDraft => required(networks.get(name), `a network ${name}`);
  const subnets = new Map<string, readonly [NetworkDraft, SubnetDraft]>();
  for (const network of networks.values()) {
    for (const draft of network.subnets) subnets.set(draft.subnet.name, [network, draft]);
  }
  const draft = (path: string[], network: NetworkDraft, requests: AddressRequest[], own: Own): Draft => ({
    id: own.id ?? idAt(doc, path),
    mac: own.mac_address,
    path,
    network,
    requests,
  });
  const anyOf = ({ byRange, blocks }: NetworkDraft, given: string | undefined): AddressRequest[] => [
    { given, from: given === undefined ? byRange : blocks.holding(parseIp(given)) },
  ];
  const fixedIpsOf = (network: NetworkDraft, spec: Addressed): AddressRequest[] =>
    (spec.fixed_ips ?? [spec.fixed_ip_address]).flatMap((given) => anyOf(network, given));

  return {
    networks,
    scopes,
    dhcp: new Map(
      [...networks.values()].flatMap((network): [string, Draft][] => {
        const { dhcp = {} } = network.spec;
        const requests = dhcpAddressRequests(network, dhcp);
        if (requests.length === 0) return [];
        return [[network.name, draft(['networks', network.name, 'dhcp'], network, requests, portOf(dhcp))]];
      }),
    ),
    gateways: new Map(
      Object.entries(doc.routers ?? {}).flatMap(([name, router]): [string, Draft][] => {
        const { external_gateway: gateway } = router;
        if (gateway === undefined) return [];
        const network = networkNamed(gateway.network);
        const own = new Set(outsideSubnets(doc, router).own.map((place) => place.name));
        const byRange = network.byRange.filter(({ subnet }) => own.has(subnet.name));
        const requests = fixedIpsOf({ ...network, byRange }, gateway);
        return [[name, draft(['routers', name, 'external_gateway'], network, requests, portOf(gateway))]];
      }),
    ),
    interfaces: mapEntries(doc.routers, (name, router) =>
      Object.entries(router.interfaces ?? {}).map(([subnetName, spec]) => {
        const [network, from] = required(subnets.get(subnetName), `a subnet ${subnetName}`);
        // In Neutron a router interface has the subnet's gateway address unless a port with another one is attached.
        const given = spec.fixed_ip_address ?? from.subnet.gatewayIp ?? undefined;
        const requests = [{ given, from: [from] }];
        return draft(['routers', name, 'interfaces', subnetName], network, requests, portOf(spec));
      }),
    ),
    ports: mapEntries(doc.instances, (name, instance) =>
      mapEntries(instance.ports, (device, port) => {
        const network = networkNamed(port.network);
        return draft(['instances', name, 'ports', device], network, fixedIpsOf(network, port), port);
      }),
    ),
    floatingIps: mapEntries(doc.floating_ips, (name, spec) => {
      const network = networkNamed(spec.floating_network);
      return draft(['floating_ips', name], network, anyOf(network, spec.floating_ip_address), { id: spec.id });
    }),
  };
}

/** Everything that has an address, in no particular order. */
export function* everyDraft(drafts: Drafts): Generator<Draft> {
  yield* everyPort(drafts);
  yield* drafts.floatingIps.values();
}

/** Everything that has a MAC. */
export function* everyPort(drafts: Drafts): Generator<Draft> {
  yield* drafts.dhcp.values();
  yield* drafts.gateways.values();
  for (const interfaces of drafts.interfaces.values()) yield* interfaces;
  for (const ports of drafts.ports.values()) yield* ports.values();
}

interface Own {
  readonly id?: string | undefined;
  readonly mac_address?: string | undefined;
}

/** In ports of routers and DHCP servers the id is the field `port_id`. */
function portOf(spec: { port_id?: string; mac_address?: string }): Own {
  return { id: spec.port_id, mac_address: spec.mac_address };
}

/** Neutron's DHCP port has one address in every subnet that enables DHCP. */
function dhcpAddressRequests(network: NetworkDraft, dhcp: Dhcp): AddressRequest[] {
  const given = addressesOf(dhcp);
  return network.subnets
    .filter(({ subnet }) => subnet.enableDhcp)
    .map((draft) => ({ given: given.find((one) => contains(draft.block, parseIp(one))), from: [draft] }));
}

function readNetwork(
  topology: ValidTopology,
  name: string,
  spec: Network,
  { id, vlan, scopes }: Pick<NetworkDraft, 'id' | 'vlan'> & { readonly scopes: ReadonlyMap<string, number> },
): NetworkDraft {
  const { doc } = topology;
  const subnets = readSubnets(topology, name, spec, scopes);
  const blocks = new BlockMap<SubnetDraft>();
  for (const draft of subnets) blocks.add(draft.block, draft);
  return {
    name,
    id,
    vlan,
    spec,
    mtu: spec.mtu ?? wire(doc, spec)?.mtu ?? DEFAULT_MTU,
    subnets,
    byRange: [...subnets].sort((a, b) => compareIps(a.block.network, b.block.network)),
    blocks,
  };
}

function wire(doc: Topology, network: Network): { mtu?: number } | undefined {
  return doc.physical_networks?.[network.physical_network];
}

function mapEntries<In, Out>(
  record: Readonly<Record<string, In>> | undefined,
  make: (name: string, value: In) => Out,
): ReadonlyMap<string, Out> {
  const made = new Map<string, Out>();
  eachEntry(record, (name, value) => {
    made.set(name, make(name, value));
  });
  return made;
}
