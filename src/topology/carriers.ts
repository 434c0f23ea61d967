import { eachEntry } from './entries.ts';
import { perDocument } from './per-document.ts';
import type { LocatedSubnet } from './subnets.ts';
import type { FloatingIp, Router, Topology } from './types.gen.ts';

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
 * The routers that could translate floating IPs of an external network to addresses of a subnet: those with their
 * gateway on the network and an interface on the subnet, in the order of the file.
 */
export function carriersOf(doc: Topology, external: string, subnet: LocatedSubnet): readonly NamedRouter[] {
  return (routersOn(doc).get(subnet.name) ?? []).filter(({ router }) => router.external_gateway?.network === external);
}

/**
 * The router that translates a floating IP to addresses of a subnet: the one that the floating IP names, if it could.
 * Without a name it is chosen as in Neutron (`_get_router_for_floatingip`): the one with the subnet's gateway address,
 * else the first of the file. Checks and the resolver both use it, so every accepted floating IP has a router.
 */
export function carrierOf(
  doc: Topology,
  { floating_network: external, router: named }: Pick<FloatingIp, 'floating_network' | 'router'>,
  subnet: LocatedSubnet,
): NamedRouter | undefined {
  const between = carriersOf(doc, external, subnet);
  if (named !== undefined) return between.find(({ name }) => name === named);
  return between.find(({ router }) => holdsGateway(router, subnet)) ?? between[0];
}

/** Whether only the order of the file tells which of several routers translates floating IPs to a subnet. */
export function isTie(carriers: readonly NamedRouter[], subnet: LocatedSubnet): boolean {
  return carriers.length > 1 && !carriers.some(({ router }) => holdsGateway(router, subnet));
}

/** An interface without a given address has the subnet's gateway address. */
function holdsGateway({ interfaces }: Router, { name, gateway }: LocatedSubnet): boolean {
  const address = interfaces?.[name]?.fixed_ip_address ?? gateway;
  return address !== undefined && address === gateway;
}
