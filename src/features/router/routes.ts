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
  if (gateway) yield* defaultRoutes(location, gateway, byDefault, onLink).filter(isNew);
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
 * effect, unless the file names another subnet. A gateway outside its subnet has its on-link route even if it is not
 * used.
 */
function defaultRoutes(
  location: RouterLocation,
  { fixedIps, defaultSubnet, device, origin }: ResolvedGateway,
  byDefault: boolean,
  onLink: readonly Resource[],
): readonly Resource[] {
  const found = new Map<string, Resource>();
  const own = new Set(fixedIps.map(({ subnet }) => subnet));
  for (const subnet of defaultSubnet === undefined ? own : new Set([...own, defaultSubnet])) {
    for (const each of defaultRoute({ ...location, device }, subnet, origin)) {
      if (each.name !== 'default') found.set(each.name, each);
      else if (byDefault && subnet === defaultSubnet)
        found.set(each.name, own.has(subnet) ? each : behind(each, onLink));
    }
  }
  return [...found.values()];
}

/** A next hop may be reachable through an on-link route alone. */
function behind(one: Resource, onLink: readonly Resource[]): Resource {
  return onLink.length === 0 ? one : { ...one, after: [...(one.after ?? []), ...onLink.map(addressOf)] };
}

function ownRoute(
  location: RouterLocation,
  { destination, nexthops, origin }: ResolvedRoute,
  onLink: readonly Resource[],
): Resource {
  return behind(route(location, destination === ANYWHERE ? 'default' : destination, nexthops, origin), onLink);
}
