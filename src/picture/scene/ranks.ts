import type { ResolvedRouter, ResolvedTopology } from '../../resolve/resolved.ts';

/** How far networks and routers are from the outside, by name: networks have even numbers, routers odd ones. */
export interface Ranks {
  readonly networks: ReadonlyMap<string, number>;
  readonly routers: ReadonlyMap<string, number>;
}

/**
 * Returns how far everything is from the external networks: a router is drawn between the network by which it is
 * nearest, on its west, and those behind it, on its east. Without an external network the file's first one is the
 * nearest.
 */
export function ranksOf({ networks, routers }: Pick<ResolvedTopology, 'networks' | 'routers'>): Ranks {
  const near = new Map<string, number>();
  const between = new Map<string, number>();
  const joined = joinedBy(routers.values());
  const spread = (start: readonly string[]): void => {
    for (const name of start) near.set(name, 0);
    // The list grows while it is read.
    const queue = [...start];
    for (const name of queue) {
      const rank = near.get(name) ?? 0;
      for (const router of joined.get(name) ?? []) {
        if (between.has(router.name)) continue;
        between.set(router.name, rank + 1);
        for (const next of networksOf(router)) {
          if (near.has(next)) continue;
          near.set(next, rank + 2);
          queue.push(next);
        }
      }
    }
  };
  spread([...networks.values()].filter(({ external }) => external).map(({ name }) => name));
  for (const name of networks.keys()) if (!near.has(name)) spread([name]);
  return { networks: near, routers: between };
}

function networksOf({ gateway, interfaces }: ResolvedRouter): readonly string[] {
  return [...(gateway ? [gateway] : []), ...interfaces].map(({ network }) => network);
}

function joinedBy(routers: Iterable<ResolvedRouter>): ReadonlyMap<string, readonly ResolvedRouter[]> {
  const joined = new Map<string, ResolvedRouter[]>();
  for (const router of routers) {
    for (const network of new Set(networksOf(router))) {
      const known = joined.get(network);
      if (known) known.push(router);
      else joined.set(network, [router]);
    }
  }
  return joined;
}
