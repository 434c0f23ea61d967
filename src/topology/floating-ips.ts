import { contains } from '../net/block.ts';
import { parseIp } from '../net/ip.ts';
import { carrierOf, carriersOf } from './carriers.ts';
import type { NamedRouter } from './carriers.ts';
import { eachEntry } from './entries.ts';
import { perDocument } from './per-document.ts';
import { addressesOf } from './port-addresses.ts';
import { subnetsByName, subnetsIn } from './subnets.ts';
import type { LocatedSubnet } from './subnets.ts';
import type { FloatingIp, Port, PortForwarding, Topology } from './types.gen.ts';

// The targets of floating IPs, and the routers that translate them.

/** The port that a floating IP is associated with. */
export interface Target {
  /** The port's device name; empty for an address that belongs to no instance of the file. */
  readonly device: string;
  readonly port: Port;
}

/**
 * Returns the port that a floating IP is associated with: the one that it names, else the instance's only one. An
 * address that belongs to no instance of the file counts as a port without a device.
 */
export function targetPortOf(doc: Topology, floatingIp: FloatingIp): Target | undefined {
  if (floatingIp.instance === undefined) {
    const { network, fixed_ip_address } = floatingIp;
    return network === undefined || fixed_ip_address === undefined
      ? undefined
      : { device: '', port: { network, fixed_ip_address } };
  }
  const ports = doc.instances?.[floatingIp.instance]?.ports ?? {};
  const device = floatingIp.port ?? onlyOne(Object.keys(ports));
  if (device === undefined || !Object.hasOwn(ports, device)) return undefined;
  return { device, port: ports[device] as Port };
}

function onlyOne(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

/** A translation of an external address: of a whole floating IP, or of one of its port forwardings. */
export interface Translation {
  /** The floating IP's name. */
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly forwarding: PortForwarding | undefined;
  /** The floating IP. For a port forwarding, the floating IP that would have the same target. */
  readonly floatingIp: FloatingIp;
}

/** The translations of all floating IPs, in the order of the file: one for each floating IP or port forwarding. */
export const translationsOf = perDocument((doc): readonly Translation[] => {
  const translations: Translation[] = [];
  eachEntry(doc.floating_ips, (name, floatingIp) => {
    const path = ['floating_ips', name];
    const { port_forwardings: forwardings } = floatingIp;
    if (forwardings === undefined) {
      translations.push({ name, path, forwarding: undefined, floatingIp });
      return;
    }
    forwardings.forEach((forwarding, index) => {
      const own = [...path, 'port_forwardings', index];
      translations.push({ name, path: own, forwarding, floatingIp: asFloatingIp(doc, floatingIp, forwarding) });
    });
  });
  return translations;
});

/** Returns the floating IP that has the target of a port forwarding. */
function asFloatingIp(doc: Topology, { floating_network, router }: FloatingIp, forwarding: PortForwarding): FloatingIp {
  const { instance, port, internal_ip_address: address } = forwarding;
  const isAddress = instance === undefined && address !== undefined;
  const behind = (): string | undefined =>
    address === undefined ? undefined : networkBehind(doc, { floating_network, router }, address);
  const network = forwarding.network ?? (isAddress ? behind() : undefined);
  return {
    floating_network,
    ...(router !== undefined && { router }),
    ...(instance !== undefined && { instance }),
    ...(port !== undefined && { port }),
    ...(network !== undefined && { network }),
    ...(address !== undefined && { fixed_ip_address: address }),
  };
}

/**
 * The network of the first subnet that holds the address and is on a router with its gateway on the external network.
 * The named router comes first: two networks may hold the address.
 */
function networkBehind(
  doc: Topology,
  { floating_network: external, router: named }: Pick<FloatingIp, 'floating_network'> & { router: string | undefined },
  address: string,
): string | undefined {
  const subnets = subnetsByName(doc);
  const routers = Object.entries(doc.routers ?? {});
  const inOrder = [...routers.filter(([name]) => name === named), ...routers.filter(([name]) => name !== named)];
  for (const [, { external_gateway: gateway, interfaces }] of inOrder) {
    if (gateway?.network !== external) continue;
    for (const name of Object.keys(interfaces ?? {})) {
      const subnet = subnets.get(name);
      if (subnet !== undefined && contains(subnet.block, parseIp(address))) return subnet.networkName;
    }
  }
  return undefined;
}

/**
 * Returns the router that translates a floating IP: the one on the subnet of the target's address, or, if the address
 * is derived, on the first subnet of its network that such a router is on.
 */
export function routerOf(
  doc: Topology,
  floatingIp: FloatingIp,
  target = targetPortOf(doc, floatingIp),
): NamedRouter | undefined {
  if (target === undefined) return undefined;
  for (const subnet of subnetsThatMayHold(doc, floatingIp, target)) {
    const found = carrierOf(doc, floatingIp, subnet);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The routers that could translate a floating IP to its target, in the order of the file, each once. */
export function possibleRouters(doc: Topology, floatingIp: FloatingIp, target: Target): readonly NamedRouter[] {
  const between = subnetsThatMayHold(doc, floatingIp, target).flatMap((subnet) =>
    carriersOf(doc, floatingIp.floating_network, subnet),
  );
  const names = new Set(between.map(({ name }) => name));
  return Object.entries(doc.routers ?? {}).flatMap(([name, router]) => (names.has(name) ? [{ name, router }] : []));
}

/** Whether the file gives the target address. A derived one is known only after compilation. */
export function isAddressGiven(doc: Topology, floatingIp: FloatingIp): boolean {
  const target = targetPortOf(doc, floatingIp);
  return target !== undefined && targetAddresses(floatingIp, target.port).length > 0;
}

/** The subnets that may hold the target address: that of the given address, or all of the network. */
export function subnetsThatMayHold(doc: Topology, floatingIp: FloatingIp, { port }: Target): readonly LocatedSubnet[] {
  const { places, blocks } = subnetsIn(doc, port.network);
  const addresses = targetAddresses(floatingIp, port);
  return addresses.length === 0 ? places : addresses.flatMap((address) => blocks.holding(parseIp(address)));
}

/** The possible target addresses of a floating IP: its fixed_ip_address, else those that the file gives its port. */
export function targetAddresses({ fixed_ip_address: named }: FloatingIp, port: Port): readonly string[] {
  return named === undefined ? addressesOf(port) : [named];
}
