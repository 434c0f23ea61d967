import { eachEntry } from './entries.ts';
import { perDocument } from './per-document.ts';
import type { LocatedSubnet } from './subnets.ts';
import type { Router, Topology } from './types.gen.ts';

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
 * The router that translates floating IPs of an external network to addresses of a subnet, as Neutron chooses it
 * (`_get_router_for_floatingip`): of the routers with their gateway on the network and an interface on the subnet, the
 * one with the subnet's gateway address, else the first of the file. Checks and the resolver both use it, so every
 * accepted floating IP has a router.
 */
export function carrierOf(doc: Topology, external: string, subnet: LocatedSubnet): NamedRouter | undefined {
  const between = (routersOn(doc).get(subnet.name) ?? []).filter(
    ({ router }) => router.external_gateway?.network === external,
  );
  return between.find(({ router }) => holdsGateway(router, subnet)) ?? between[0];
}

/** An interface without a given address has the subnet's gateway address. */
function holdsGateway({ interfaces }: Router, { name, gateway }: LocatedSubnet): boolean {
  const address = interfaces?.[name]?.fixed_ip_address ?? gateway;
  return address !== undefined && address === gateway;
}
