import { gatewayOf, dhcpNodeOf, subnetsOf } from '../defaults.ts';
import type { SubnetPlace } from '../defaults.ts';
import type { HostNic, Nic, Router, Topology } from '../types.gen.ts';
import type { At } from './context.ts';

// What several checks want to know, gathered from the document in one way.

/** A port that some node carries: its tap is on the node, and in the bridge of its network. */
export interface Attachment {
  readonly what: string;
  readonly node: string;
  readonly network: string;
  /** Where the file says that the port is on this network. */
  readonly at: At;
  readonly id: string | undefined;
  readonly idPath: readonly (string | number)[];
}

/** The ports of the document, in its order. Networks and nodes they name need not exist. */
export function attachments(doc: Topology): Attachment[] {
  const subnets = subnetsByName(doc);
  const found: Attachment[] = [];
  for (const [name, network] of Object.entries(doc.networks ?? {})) {
    const node = dhcpNodeOf(doc, network);
    if (node === undefined) continue;
    const path = ['networks', name, 'dhcp'];
    const at: At = network.dhcp?.node === undefined ? { path, part: 'key' } : { path: [...path, 'node'] };
    const what = `the DHCP port of ${name}`;
    found.push({ what, node, network: name, at, id: network.dhcp?.port_id, idPath: [...path, 'port_id'] });
  }
  for (const [name, router] of Object.entries(doc.routers ?? {})) {
    const gateway = router.external_gateway;
    if (gateway !== undefined) {
      const path = ['routers', name, 'external_gateway'];
      const at: At = { path: [...path, 'network'] };
      const what = `the gateway of router ${name}`;
      const { network, port_id: id } = gateway;
      found.push({ what, node: router.node, network, at, id, idPath: [...path, 'port_id'] });
    }
    for (const [subnet, port] of Object.entries(router.interfaces ?? {})) {
      const network = subnets.get(subnet)?.networkName;
      if (network === undefined) continue;
      const path = ['routers', name, 'interfaces', subnet];
      const what = `the interface of router ${name} on ${subnet}`;
      const at: At = { path, part: 'key' };
      found.push({ what, node: router.node, network, at, id: port.port_id, idPath: [...path, 'port_id'] });
    }
  }
  for (const [name, instance] of Object.entries(doc.instances ?? {})) {
    for (const [device, port] of Object.entries(instance.ports ?? {})) {
      const path = ['instances', name, 'ports', device];
      const at: At = { path: [...path, 'network'] };
      const what = `port ${device} of instance ${name}`;
      found.push({ what, node: instance.node, network: port.network, at, id: port.id, idPath: [...path, 'id'] });
    }
  }
  return found;
}

/** An address somebody holds on a network, as the file gives it. */
export interface AddressUse {
  readonly what: string;
  readonly ip: string;
  readonly at: At;
  readonly network: string;
  /** The subnet the address must be of, where the file says which. */
  readonly subnet?: SubnetPlace;
  /** False when nobody wrote the address: it is the subnet's gateway_ip, judged there. */
  readonly written: boolean;
  readonly kind: 'dhcp' | 'gateway' | 'interface' | 'instance' | 'floating';
}

/** The addresses of ports and floating IPs that the file gives, and those of router interfaces that follow from it. */
export function addressUses(doc: Topology): AddressUse[] {
  const subnets = subnetsByName(doc);
  const found: AddressUse[] = [];
  const add = (use: Omit<AddressUse, 'ip' | 'written'>, ip: string | undefined): void => {
    if (ip !== undefined) found.push({ ...use, ip, written: true });
  };
  for (const [network, { dhcp }] of Object.entries(doc.networks ?? {})) {
    const at: At = { path: ['networks', network, 'dhcp', 'fixed_ip_address'] };
    add({ what: `the DHCP port of ${network}`, at, network, kind: 'dhcp' }, dhcp?.fixed_ip_address);
  }
  for (const [name, router] of Object.entries(doc.routers ?? {})) {
    const gateway = router.external_gateway;
    if (gateway !== undefined) {
      const at: At = { path: ['routers', name, 'external_gateway', 'fixed_ip_address'] };
      const what = `the gateway of router ${name}`;
      add({ what, at, network: gateway.network, kind: 'gateway' }, gateway.fixed_ip_address);
    }
    for (const [subnetName, port] of Object.entries(router.interfaces ?? {})) {
      const subnet = subnets.get(subnetName);
      if (subnet === undefined) continue;
      const path = ['routers', name, 'interfaces', subnetName];
      const use = {
        what: `the interface of router ${name} on ${subnetName}`,
        network: subnet.networkName,
        subnet,
        kind: 'interface' as const,
      };
      if (port.fixed_ip_address !== undefined) {
        add({ ...use, at: { path: [...path, 'fixed_ip_address'] } }, port.fixed_ip_address);
        continue;
      }
      const ip = gatewayOf(subnet.subnet);
      if (ip !== undefined) found.push({ ...use, at: { path, part: 'key' }, ip, written: false });
    }
  }
  for (const [name, instance] of Object.entries(doc.instances ?? {})) {
    for (const [device, port] of Object.entries(instance.ports ?? {})) {
      const at: At = { path: ['instances', name, 'ports', device, 'fixed_ip_address'] };
      const what = `port ${device} of instance ${name}`;
      add({ what, at, network: port.network, kind: 'instance' }, port.fixed_ip_address);
    }
  }
  for (const [name, floatingIp] of Object.entries(doc.floating_ips ?? {})) {
    const at: At = { path: ['floating_ips', name, 'floating_ip_address'] };
    const use = { what: `floating IP ${name}`, at, network: floatingIp.floating_network, kind: 'floating' as const };
    add(use, floatingIp.floating_ip_address);
  }
  return found;
}

/** An address of a NIC of a node or an outside host. */
export interface NicAddress {
  readonly what: string;
  /** With its prefix length. */
  readonly address: string;
  readonly at: At;
  readonly physicalNetwork: string;
}

/** The addresses of all NICs. */
export function nicAddresses(doc: Topology): NicAddress[] {
  return nics(doc).flatMap(({ what, nic, path }) =>
    (nic.addresses ?? []).map((address, index) => ({
      what,
      address,
      at: { path: [...path, 'addresses', index] },
      physicalNetwork: nic.physical_network,
    })),
  );
}

/** The NICs of nodes and of outside hosts. */
export function nics(doc: Topology): { what: string; nic: Nic | HostNic; path: string[] }[] {
  const found: { what: string; nic: Nic | HostNic; path: string[] }[] = [];
  for (const [name, node] of Object.entries(doc.nodes ?? {})) {
    for (const [device, nic] of Object.entries(node.nics ?? {})) {
      found.push({ what: `${device} of node ${name}`, nic, path: ['nodes', name, 'nics', device] });
    }
  }
  for (const [name, host] of Object.entries(doc.hosts ?? {})) {
    for (const [device, nic] of Object.entries(host.nics ?? {})) {
      found.push({ what: `${device} of host ${name}`, nic, path: ['hosts', name, 'nics', device] });
    }
  }
  return found;
}

/** The subnets by name; of two with one name the first. */
export function subnetsByName(doc: Topology): Subnets {
  const subnets = new Map<string, SubnetPlace>();
  for (const place of subnetsOf(doc)) if (!subnets.has(place.name)) subnets.set(place.name, place);
  return subnets;
}

/** The path of a subnet in the document. */
export function subnetPath(place: SubnetPlace): string[] {
  return ['networks', place.networkName, 'subnets', place.name];
}

/** The subnets of a document by name. */
export type Subnets = ReadonlyMap<string, SubnetPlace>;

/** The subnets a router has a port on: of its interfaces, and all of its external network. */
export function subnetsOfRouter(
  doc: Topology,
  router: Router,
  subnets: Subnets,
): { place: SubnetPlace; key: string[] }[] {
  const inside = Object.keys(router.interfaces ?? {}).flatMap((name) => {
    const place = subnets.get(name);
    return place === undefined ? [] : [{ place, key: ['interfaces', name] }];
  });
  const outside = subnetsOf(doc)
    .filter((place) => place.networkName === router.external_gateway?.network)
    .map((place) => ({ place, key: ['external_gateway', 'network'] }));
  return [...outside, ...inside];
}
