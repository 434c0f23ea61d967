import { cidrContains, prefixLengthOf } from '../net/block.ts';
import { gatewayOf, mechanismOf } from '../topology/defaults.ts';
import { addressesOf } from '../topology/port-addresses.ts';
import type { HostNic, Instance, Network, Nic, Port, Subnet, Topology } from '../topology/types.gen.ts';
import { derivedMac } from './names.ts';
import type { Cable, GuestPort, LabShape, LabTopology, Member } from './shape.ts';

/** Returns the derived IP address of a port whose file gives none. */
export type FixedAddress = (instance: string, device: string) => string | undefined;

const DEFAULT_MTU = 1500;
/** The step between the route metrics of ports: the routes of the first port stay preferred. */
const METRIC_STEP = 100;

/** Returns the desired lab of a topology. */
export function labShape(topology: Pick<LabTopology, 'doc'>, fixedAddress: FixedAddress = () => undefined): LabShape {
  const { doc } = topology;
  const members = [...nodes(doc), ...instances(doc, fixedAddress), ...hosts(doc)];
  const cables = [
    ...Object.entries(doc.nodes ?? {}).flatMap(([name, node]) => cablesOf(doc, `node/${name}`, node.nics)),
    ...Object.entries(doc.hosts ?? {}).flatMap(([name, { nics }]) => cablesOf(doc, `host/${name}`, nics)),
  ];
  const switches = new Set([...Object.keys(doc.physical_networks ?? {}), ...cables.map(({ network }) => network)]);
  return { name: doc.name, switches: [...switches].sort(), members, cables: withSwitchMtu(cables) };
}

function nodes(doc: Topology): Member[] {
  return Object.entries(doc.nodes ?? {}).map(([name, node]) => ({
    kind: 'node',
    name,
    openvswitch: mechanismOf(node) === 'openvswitch',
    listen: [],
    ports: [],
    routes: [],
  }));
}

function hosts(doc: Topology): Member[] {
  return Object.entries(doc.hosts ?? {}).map(([name, host]) => ({
    kind: 'host',
    name,
    openvswitch: false,
    listen: host.listen ?? [],
    ports: [],
    routes: host.routes ?? [],
  }));
}

function instances(doc: Topology, fixedAddress: FixedAddress): Member[] {
  return Object.entries(doc.instances ?? {})
    .filter(([, instance]) => instance.attach !== 'tap')
    .map(([name, instance]) => ({
      kind: 'instance',
      name,
      node: instance.node,
      openvswitch: false,
      listen: instance.listen ?? [],
      ports: guestPorts(doc, name, instance, fixedAddress),
      routes: [],
    }));
}

function guestPorts(doc: Topology, name: string, instance: Instance, fixedAddress: FixedAddress): GuestPort[] {
  return Object.entries(instance.ports ?? {}).map(([device, port], index) => {
    const metric = index * METRIC_STEP;
    const network = doc.networks?.[port.network];
    const subnets = Object.values(network?.subnets ?? {});
    const given = addressesOf(port);
    const addresses = given.length > 0 ? given : [fixedAddress(name, device) ?? []].flat();
    const inSubnets = addresses.flatMap((address) => addressInSubnet(subnets, address) ?? []);
    const served = inSubnets.length === 0 ? subnets : inSubnets.map(({ subnet }) => subnet);
    const dhcp = served.some(({ enable_dhcp: enabled = true }) => enabled);
    const [first] = inSubnets;
    if (first !== undefined && !dhcp) {
      return {
        device,
        mode: 'static',
        metric,
        addresses: inSubnets.map(withLength),
        ...gatewayAndMtu(doc, network, port, first),
      };
    }
    // The server leases one address. The guest sets the others itself.
    return { device, mode: 'dhcp', metric, ...(inSubnets.length > 1 && { addresses: inSubnets.map(withLength) }) };
  });
}

/** An IP address of a guest, and its subnet. */
interface SubnetAddress {
  readonly address: string;
  readonly subnet: Subnet;
}

function addressInSubnet(subnets: readonly Subnet[], address: string): SubnetAddress | undefined {
  const subnet = subnets.find(({ cidr }) => cidrContains(cidr, address));
  return subnet && { address, subnet };
}

function withLength({ address, subnet }: SubnetAddress): string {
  return `${address}/${String(prefixLengthOf(subnet.cidr))}`;
}

/** Returns what DHCP would provide for the subnet of the first address: the gateway and the MTU. */
function gatewayAndMtu(
  doc: Topology,
  network: Network | undefined,
  port: Port,
  { address, subnet }: SubnetAddress,
): Pick<GuestPort, 'gateway' | 'mtu'> {
  const gateway = gatewayOf(subnet);
  const mtu = network?.mtu ?? doc.physical_networks?.[network?.physical_network ?? port.network]?.mtu;
  return {
    ...(gateway === undefined || gateway === address ? {} : { gateway }),
    ...(mtu === undefined ? {} : { mtu }),
  };
}

function cablesOf(doc: Topology, member: string, nics: Readonly<Record<string, Nic | HostNic>> | undefined): Cable[] {
  return Object.entries(nics ?? {}).map(([nic, given]) => {
    const mtu = given.mtu ?? doc.physical_networks?.[given.physical_network]?.mtu ?? DEFAULT_MTU;
    return {
      member,
      nic,
      network: given.physical_network,
      mac: given.mac_address ?? derivedMac(doc.name, member, nic),
      mtu,
      switchMtu: mtu,
      addresses: given.addresses ?? [],
    };
  });
}

/** Sets the MTU of each switch to the largest MTU of its NICs. */
function withSwitchMtu(cables: readonly Cable[]): Cable[] {
  const largest = new Map<string, number>();
  for (const { network, mtu } of cables) largest.set(network, Math.max(mtu, largest.get(network) ?? 0));
  return cables.map((cable) => ({ ...cable, switchMtu: largest.get(cable.network) ?? cable.mtu }));
}
