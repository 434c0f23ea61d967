import { contains, ipToNumber, numberToIp, parseCidr, without } from '../net/ipv4.ts';
import type { Cidr, IpRange } from '../net/ipv4.ts';
import type { FloatingIp, Network, Nic, Node, Port, Reach, Role, Router, Subnet, Topology } from './types.gen.ts';

// What stands where the file is silent. Every stage after this one asks here, so that the answer is the same everywhere.

/** The roles of a node; without the property it may do everything. */
export function rolesOf(node: Node): readonly Role[] {
  return node.roles ?? ['network', 'compute'];
}

/** How a node is reached; without the property it is the machine netloom runs on. */
export function reachOf(node: Node): Reach {
  return node.reach ?? { via: 'local' };
}

/** True unless the node's `state` is `absent`. */
export function isPresent(node: Node): boolean {
  return node.state !== 'absent';
}

/** The NIC of a node on a physical network, with its device name; `undefined` when there is none. */
export function nicOn(node: Node, physicalNetwork: string): { device: string; nic: Nic } | undefined {
  for (const [device, nic] of Object.entries(node.nics ?? {})) {
    if (nic.physical_network === physicalNetwork) return { device, nic };
  }
  return undefined;
}

/** A subnet's default gateway: as given, else the first address as in Neutron; `undefined` for `gateway_ip: null`. */
export function gatewayOf(subnet: Subnet): string | undefined {
  if (subnet.gateway_ip === null) return undefined;
  return subnet.gateway_ip ?? numberToIp(parseCidr(subnet.cidr).first);
}

/** The ranges addresses are taken from: as given, else all hosts of the subnet but its gateway. */
export function poolsOf(subnet: Subnet): readonly IpRange[] {
  if (subnet.allocation_pools !== undefined) {
    return subnet.allocation_pools.map((pool) => ({ first: ipToNumber(pool.start), last: ipToNumber(pool.end) }));
  }
  const { first, last } = parseCidr(subnet.cidr);
  const gateway = gatewayOf(subnet);
  return without({ first, last }, gateway === undefined ? [] : [ipToNumber(gateway)]);
}

/** True when the DHCP server answers for at least one of the network's subnets. */
export function hasDhcp(network: Network): boolean {
  return Object.values(network.subnets ?? {}).some((subnet) => subnet.enable_dhcp !== false);
}

/**
 * The node that runs the network's DHCP server: `dhcp.node`, else the first present node of the file with role network
 * and a NIC on the physical network. `undefined` when the network needs none, or none fits.
 */
export function dhcpNodeOf(doc: Topology, network: Network): string | undefined {
  if (!hasDhcp(network)) return undefined;
  if (network.dhcp?.node !== undefined) return network.dhcp.node;
  const fits = (node: Node): boolean =>
    isPresent(node) && rolesOf(node).includes('network') && nicOn(node, network.physical_network) !== undefined;
  return Object.entries(doc.nodes ?? {}).find(([, node]) => fits(node))?.[0];
}

/** A subnet with the network it belongs to. */
export interface SubnetPlace {
  readonly name: string;
  readonly subnet: Subnet;
  readonly networkName: string;
  readonly network: Network;
}

/** All subnets of the file, in its order. */
export function subnetsOf(doc: Topology): SubnetPlace[] {
  return Object.entries(doc.networks ?? {}).flatMap(([networkName, network]) =>
    Object.entries(network.subnets ?? {}).map(([name, subnet]) => ({ name, subnet, networkName, network })),
  );
}

/** The subnet of that name, whichever network it belongs to. */
export function subnetNamed(doc: Topology, name: string): SubnetPlace | undefined {
  return subnetsOf(doc).find((place) => place.name === name);
}

/**
 * The port a floating IP stands for, with its device name: the one named, else the instance's only one. An address of a machine
 * that is no instance of the file counts as a port without a device.
 */
export function targetPortOf(doc: Topology, floatingIp: FloatingIp): { device: string; port: Port } | undefined {
  if (floatingIp.instance === undefined) {
    const { network, fixed_ip_address } = floatingIp;
    return network === undefined || fixed_ip_address === undefined
      ? undefined
      : { device: '', port: { network, fixed_ip_address } };
  }
  const ports = Object.entries(doc.instances?.[floatingIp.instance]?.ports ?? {});
  const named = floatingIp.port === undefined ? ports : ports.filter(([device]) => device === floatingIp.port);
  const [only, second] = named;
  return only === undefined || second !== undefined ? undefined : { device: only[0], port: only[1] };
}

/** Who is on which subnet, worked out once for a document: a large one has thousands of floating IPs. */
interface Ways {
  /** Names of the routers with an interface on a subnet, in the order of the file. */
  readonly routersOn: ReadonlyMap<string, readonly string[]>;
  readonly subnetsOf: ReadonlyMap<string, readonly { readonly name: string; readonly block: Cidr }[]>;
}

const ways = new WeakMap<Topology, Ways>();

function waysOf(doc: Topology): Ways {
  const known = ways.get(doc);
  if (known !== undefined) return known;
  const routersOn = new Map<string, string[]>();
  for (const [name, router] of Object.entries(doc.routers ?? {})) {
    for (const subnet of Object.keys(router.interfaces ?? {})) {
      routersOn.set(subnet, [...(routersOn.get(subnet) ?? []), name]);
    }
  }
  const subnets = Object.entries(doc.networks ?? {}).map(([network, { subnets: of = {} }]) => {
    const blocks = Object.entries(of).map(([name, { cidr }]) => ({ name, block: parseCidr(cidr) }));
    return [network, blocks] as const;
  });
  const fresh: Ways = { routersOn, subnetsOf: new Map(subnets) };
  ways.set(doc, fresh);
  return fresh;
}

/**
 * The router that carries out a floating IP: the first of the file with an interface on the subnet of the target's
 * address (on any subnet of its network while the address is not fixed) and its gateway on the floating network.
 */
export function routerOf(doc: Topology, floatingIp: FloatingIp): { name: string; router: Router } | undefined {
  const target = targetPortOf(doc, floatingIp);
  if (target === undefined) return undefined;
  const { routersOn, subnetsOf: subnetsByNetwork } = waysOf(doc);
  const address = floatingIp.fixed_ip_address ?? target.port.fixed_ip_address;
  const wanted = address === undefined ? undefined : ipToNumber(address);
  for (const { name: subnet, block } of subnetsByNetwork.get(target.port.network) ?? []) {
    if (wanted !== undefined && !contains(block, wanted)) continue;
    for (const name of routersOn.get(subnet) ?? []) {
      const router = doc.routers?.[name];
      if (router?.external_gateway?.network === floatingIp.floating_network) return { name, router };
    }
  }
  return undefined;
}
