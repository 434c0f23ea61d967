import type { Diagnostic } from '../model/diagnostic.ts';
import type { Origin } from '../model/resource.ts';
import { diagnose } from './diagnose.ts';
import type { ResolvedRouter, ResolvedTopology } from './resolved.ts';

/**
 * Finds routes through an address that the router itself got. The checks find those through an address that the file
 * gives it.
 */
export function findOwnNextHops(resolved: ResolvedTopology): readonly Diagnostic[] {
  return [...resolved.routers.values()].flatMap((router) => {
    const own = addressesOf(resolved, router);
    return router.routes.flatMap(({ destination, nexthops, origin }) =>
      nexthops.flatMap(({ gateway }): Diagnostic[] => {
        const holder = own.get(gateway);
        if (holder === undefined) return [];
        const { path } = holder;
        const summary = `next hop ${gateway} of the route to ${destination} is the router itself: ${path} got it`;
        const hint = `give ${path} another address`;
        return [diagnose('NLC09', summary, { origin, other: { message: 'it is here', origin: holder }, hint })];
      }),
    );
  });
}

/** The addresses of a router and of the floating IPs that it translates, each with what has it. */
function addressesOf(
  { floatingIps, forwardedIps }: ResolvedTopology,
  { name, gateway, interfaces }: ResolvedRouter,
): ReadonlyMap<string, Origin> {
  const own = new Map<string, Origin>();
  for (const { fixedIps, origin } of gateway ? [...interfaces, gateway] : interfaces) {
    for (const { address } of fixedIps) own.set(address, origin);
  }
  for (const { router, address, origin } of [...floatingIps, ...forwardedIps]) {
    if (router === name) own.set(address, origin);
  }
  return own;
}
