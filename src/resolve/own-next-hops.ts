import type { Diagnostic } from '../model/diagnostic.ts';
import type { Origin } from '../model/resource.ts';
import { diagnose } from './diagnose.ts';
import type { ResolvedFloatingIp, ResolvedRouter, ResolvedTopology } from './resolved.ts';

/**
 * Finds routes through an address that the router itself got. The checks find those through an address that the file
 * gives it.
 */
export function findOwnNextHops(resolved: ResolvedTopology): readonly Diagnostic[] {
  const translated = translatedBy(resolved);
  return [...resolved.routers.values()].flatMap((router) => {
    if (router.routes.length === 0) return [];
    const own = addressesOf(router, translated.get(router.name) ?? []);
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

/** The address of a floating IP. */
type Translated = Pick<ResolvedFloatingIp, 'address' | 'origin'>;

/** Returns the floating IPs that each router translates, by its name. */
function translatedBy({ floatingIps, forwardedIps }: ResolvedTopology): ReadonlyMap<string, readonly Translated[]> {
  const byRouter = new Map<string, Translated[]>();
  for (const one of [...floatingIps, ...forwardedIps]) {
    const known = byRouter.get(one.router);
    if (known) known.push(one);
    else byRouter.set(one.router, [one]);
  }
  return byRouter;
}

/** The addresses of a router and of the floating IPs that it translates, each with what has it. */
function addressesOf(
  { gateway, interfaces }: ResolvedRouter,
  translated: readonly Translated[],
): ReadonlyMap<string, Origin> {
  const own = new Map<string, Origin>();
  for (const { fixedIps, origin } of gateway ? [...interfaces, gateway] : interfaces) {
    for (const { address } of fixedIps) own.set(address, origin);
  }
  for (const { address, origin } of translated) own.set(address, origin);
  return own;
}
