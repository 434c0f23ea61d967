import type { Netns, Origin, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const ROUTE = kindName('route');

/**
 * A static route in one of our namespaces. The resource's name is its destination, `default` or a CIDR, followed by
 * what else identifies the route if it is not the default: `@METRIC`, `~tos=TOS`, `~table=TABLE`.
 */
export interface RouteSpec {
  readonly nexthops: readonly {
    /** Absent: the destination is on the link. */
    readonly gateway?: string;
    readonly device: string;
    /** The gateway is on-link although no address covers it. */
    readonly onlink?: boolean;
    /** Share of the load, if it is not 1. */
    readonly weight?: number;
  }[];
  readonly protocol: string;
  readonly scope: string;
  readonly metric: number;
  /** Attributes that a route of ours does not have, in `ip`'s words: `type`, `src`, `mtu`, …. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Returns a static route; several next hops share the load (ECMP). */
export function route(
  location: { readonly node: string; readonly netns: Netns },
  destination: string,
  nexthops: RouteSpec['nexthops'],
  origin: Origin,
): Resource<RouteSpec> {
  const scope = nexthops.every((hop) => hop.gateway === undefined) ? 'link' : 'global';
  return {
    ...location,
    kind: ROUTE,
    name: destination,
    spec: { nexthops, protocol: 'static', scope, metric: 0 },
    origin,
  };
}
