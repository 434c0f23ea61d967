import type { NodeView } from '../../model/probe.ts';
import type { Netns, Observed } from '../../model/resource.ts';
import { withHostLength } from '../../net/address-text.ts';
import { familyOfRoute, ipProbe, type RawLink, type RawRoute } from '../../kernel/probes/ip.ts';
import { CHARON_TABLE } from '../../kernel/netlink/protocols.ts';
import { ownNodePorts } from '../../kernel/links/node-ports.ts';
import { nodeNamespace, ownNamespaces } from '../../kernel/links/owner.ts';
import { onceByView } from '../../kernel/probes/once.ts';
import { disturbanceOf } from './foreign.ts';
import type { RouteSpec } from './spec.ts';
import { ROUTE } from './spec.ts';

/** Routes that follow from others: from addresses or router advertisements. */
const DERIVED = ['kernel', 'ra', 'redirect'];

/** Returns the destination of a route as its resource's name has it. */
export function destinationOf(raw: RawRoute): string {
  // A batch line can't contain -6, so the destination shows the family. A host's route is printed without its length.
  if (raw.dst === 'default') return familyOfRoute(raw) === 6 ? '::/0' : 'default';
  return withHostLength(raw.dst);
}

function attributesOf(raw: RawRoute): Record<string, string> {
  const found: Record<string, string> = {};
  if (raw.type !== undefined && raw.type !== 'unicast') found['type'] = raw.type;
  if (raw.prefsrc !== undefined) found['src'] = raw.prefsrc;
  for (const [name, value] of Object.entries(raw.metrics?.[0] ?? {})) found[name] = String(value);
  return found;
}

function hopsOf(raw: RawRoute): RouteSpec['nexthops'] {
  if (raw.type !== undefined && raw.type !== 'unicast') return [];
  const single: NonNullable<RawRoute['nexthops']>[number] = {
    ...(raw.gateway !== undefined && { gateway: raw.gateway }),
    ...(raw.dev !== undefined && { dev: raw.dev }),
    flags: raw.flags ?? [],
  };
  return (raw.nexthops ?? [single]).map((hop) => ({
    ...(hop.gateway !== undefined && { gateway: hop.gateway }),
    device: hop.dev ?? '',
    ...(hop.flags?.includes('onlink') && { onlink: true }),
    ...(hop.weight !== undefined && hop.weight !== 1 && { weight: hop.weight }),
  }));
}

function specOf(raw: RawRoute): RouteSpec {
  const attributes = attributesOf(raw);
  return {
    nexthops: hopsOf(raw),
    protocol: raw.protocol ?? 'boot',
    scope: raw.scope ?? 'global',
    metric: raw.metric ?? 0,
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}

/** Returns what identifies a route: destination, metric, type of service, table. */
function nameOf(raw: RawRoute): string {
  const tos = raw.tos === undefined ? '' : `~tos=${raw.tos}`;
  const table = (raw.table ?? 'main') === 'main' ? '' : `~table=${raw.table ?? ''}`;
  return `${destinationOf(raw)}${(raw.metric ?? 0) === 0 ? '' : `@${raw.metric ?? 0}`}${tos}${table}`;
}

/** Returns whether the route was added, by a program or by hand: it follows from nothing else. */
export function isMade(raw: RawRoute): boolean {
  return !DERIVED.includes(raw.protocol ?? '') && !isMulticast(raw) && !isCharons(raw);
}

/** Returns whether strongSwan's charon added the route: what it adds was set up on purpose. */
function isCharons({ protocol, table }: RawRoute): boolean {
  return protocol === 'static' && table === CHARON_TABLE;
}

/** Old kernels list their own multicast and anycast routes with `proto boot`. */
function isMulticast({ type = '', dst }: RawRoute): boolean {
  return type === 'multicast' || type === 'anycast' || dst.startsWith('ff00::/');
}

/** Returns whether a route of the node's own namespace is ours: a static one through ports of ours alone. */
export function isThroughOwnPort(raw: RawRoute, ports: readonly RawLink[]): boolean {
  const hops = hopsOf(raw);
  const isOurs = (device: string): boolean => ports.some(({ ifname }) => ifname === device);
  return raw.protocol === 'static' && hops.length > 0 && hops.every(({ device }) => isOurs(device));
}

/**
 * Returns every added route of our namespaces, in all tables. A route behind another one of the same name gets a
 * number.
 */
export function* observeRoutes(view: NodeView, topology: string): Iterable<Observed<RouteSpec>> {
  for (const namespace of ownNamespaces(view, topology)) yield* inNamespace(namespace, view.node, topology);
  // The node's own routes are left alone.
  const ports = ownNodePorts(view, topology);
  const { routes = [] } = nodeNamespace(view)?.get(ipProbe) ?? {};
  yield* routesIn(
    view.node,
    null,
    routes.filter((raw) => isMade(raw) && isThroughOwnPort(raw, ports)),
  );
}

const inNamespace = onceByView<Observed<RouteSpec>>(({ netns, get }, node) => {
  const { links = [], routes = [] } = get(ipProbe) ?? {};
  // Of several with one name, ours has it.
  const made = routes.filter(isMade).sort((a, b) => Number(isStatic(b)) - Number(isStatic(a)));
  return routesIn(node, netns, made, links);
});

function isStatic({ protocol }: RawRoute): boolean {
  return protocol === 'static';
}

function* routesIn(
  node: string,
  netns: Netns,
  routes: readonly RawRoute[],
  links: readonly RawLink[] = [],
): Iterable<Observed<RouteSpec>> {
  const seen = new Map<string, number>();
  for (const raw of routes) {
    const name = nameOf(raw);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const owner = isStatic(raw) ? 'ours' : 'foreign';
    const spec = specOf(raw);
    const disturbs = owner === 'ours' || netns === null ? undefined : disturbanceOf({ node, netns, name, spec }, links);
    yield {
      node,
      netns,
      kind: ROUTE,
      name: count === 1 ? name : `${name}#${count}`,
      owner,
      spec,
      ...(disturbs && { disturbs }),
    };
  }
}
