import { ipToNumber } from '../net/ipv4.ts';
import { eachEntry } from './entries.ts';
import { perDocument } from './per-document.ts';
import { subnetsIn } from './subnets.ts';
import type { SubnetPlace } from './subnets.ts';
import type { FloatingIp, Port, Router, Topology } from './types.gen.ts';

// What a floating IP stands for, and who carries it out.

/** The port a floating IP stands for. */
export interface Target {
  /** The port's name; empty for an address of a machine that is no instance of the file. */
  readonly device: string;
  readonly port: Port;
}

/**
 * The port a floating IP stands for, with its device name: the one named, else the instance's only one. An address of a machine
 * that is no instance of the file counts as a port without a device.
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

/** A router of the file. */
export interface NamedRouter {
  readonly name: string;
  readonly router: Router;
}

/** The routers with an interface on a subnet, by its name, in the order of the file. */
export const routersOn = perDocument((doc): ReadonlyMap<string, readonly NamedRouter[]> => {
  const bySubnet = new Map<string, NamedRouter[]>();
  eachEntry(doc.routers, (name, router) => {
    for (const subnet of Object.keys(router.interfaces ?? {})) {
      const known = bySubnet.get(subnet);
      if (known === undefined) bySubnet.set(subnet, [{ name, router }]);
      else known.push({ name, router });
    }
  });
  return bySubnet;
});

/**
 * The router that carries out a floating IP: the first of the file with an interface on the subnet of the target's
 * address (on any subnet of its network while the address is not fixed) and its gateway on the floating network.
 */
export function routerOf(
  doc: Topology,
  floatingIp: FloatingIp,
  target = targetPortOf(doc, floatingIp),
): NamedRouter | undefined {
  if (target === undefined) return undefined;
  const routers = routersOn(doc);
  for (const { name } of subnetsThatMayHold(doc, floatingIp, target)) {
    const found = routers
      .get(name)
      ?.find(({ router }) => router.external_gateway?.network === floatingIp.floating_network);
    if (found !== undefined) return found;
  }
  return undefined;
}

function subnetsThatMayHold(doc: Topology, floatingIp: FloatingIp, { port }: Target): readonly SubnetPlace[] {
  const { places, blocks } = subnetsIn(doc, port.network);
  const address = floatingIp.fixed_ip_address ?? port.fixed_ip_address;
  return address === undefined ? places : blocks.holding(ipToNumber(address));
}
