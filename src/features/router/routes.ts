import type { ResolvedGateway, ResolvedRoute, ResolvedRouter } from '../../resolve/resolved.ts';
import { route } from '../../kinds/route/spec.ts';
import { addressOf } from '../../model/resource.ts';
import type { Netns, Resource } from '../../model/resource.ts';
import { defaultRoute } from '../default-route.ts';

const ANYWHERE = '0.0.0.0/0';

/** The default routes through the gateway, and the router's own routes. As in Neutron, an own default route wins. */
export function* routerRoutes({ node, netns, gateway, routes }: ResolvedRouter): Generator<Resource> {
  const location = { node, netns };
  const onLink = gateway ? onLinkRoutes(location, gateway) : [];
  yield* onLink;
  const byDefault = !routes.some(({ destination }) => destination === ANYWHERE);
  // A gateway outside its subnet may be the one host of another subnet.
  const isNew = ({ name }: Resource): boolean => !onLink.some((one) => one.name === name);
  if (gateway) yield* defaultRoutes(location, gateway, byDefault).filter(isNew);
  for (const one of routes) yield ownRoute(location, one, onLink);
}

interface RouterLocation {
  readonly node: string;
  readonly netns: Netns;
}

/** Neutron's `extra_subnets`: floating IPs and next hops may be in any subnet of the external network. */
function onLinkRoutes(location: RouterLocation, { onLink, device, origin }: ResolvedGateway): readonly Resource[] {
  return onLink.map((cidr) => route(location, cidr, [{ device }], origin));
}

/**
 * Neutron sets the default route once for each subnet in which the gateway has an address, so the last one is in
 * effect. A gateway outside its subnet has its on-link route even if it is not used.
 */
function defaultRoutes(
  location: RouterLocation,
  { fixedIps, device, origin }: ResolvedGateway,
  byDefault: boolean,
): readonly Resource[] {
  const found = new Map<string, Resource>();
  for (const { subnet } of fixedIps) {
    for (const each of defaultRoute({ ...location, device }, subnet, origin)) {
      if (byDefault || each.name !== 'default') found.set(each.name, each);
    }
  }
  return [...found.values()];
}

function ownRoute(
  location: RouterLocation,
  { destination, nexthops, origin }: ResolvedRoute,
  onLink: readonly Resource[],
): Resource {
  const own = route(location, destination === ANYWHERE ? 'default' : destination, nexthops, origin);
  // A next hop may be reachable through an on-link route alone.
  return onLink.length === 0 ? own : { ...own, after: onLink.map(addressOf) };
}
