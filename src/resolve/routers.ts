import { contains, parseBlock } from '../net/block.ts';
import type { Block } from '../net/block.ts';
import { parseIp } from '../net/ip.ts';
import type { Netns } from '../model/resource.ts';
import { usesNamespaces } from '../topology/defaults.ts';
import type { ExternalGateway, Route, Router } from '../topology/types.gen.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { Assigned } from './assign.ts';
import type { Draft, Drafts } from './drafts.ts';
import { gatewayChoices } from './gateway-choices.ts';
import { idAt } from './ids.ts';
import { required } from './required.ts';
import { deviceName, routerNetns } from './names.ts';
import { originAt } from './origin.ts';
import { resolveRouterPort } from './ports.ts';
import type { ResolvedGateway, ResolvedRoute, ResolvedRouter, RouterPort } from './resolved.ts';

/** Resolves every router of the document, also on absent nodes. */
export function resolveRouters(
  topology: ValidTopology,
  drafts: Drafts,
  assigned: Assigned,
): ReadonlyMap<string, ResolvedRouter> {
  const routers = Object.entries(topology.doc.routers ?? {});
  return new Map(routers.map(([name, spec]) => [name, resolveRouter(topology, drafts, assigned, name, spec)]));
}

function resolveRouter(
  topology: ValidTopology,
  drafts: Drafts,
  assigned: Assigned,
  name: string,
  spec: Router,
): ResolvedRouter {
  const path = ['routers', name];
  const id = spec.id ?? idAt(topology.doc, path);
  const node = topology.doc.nodes?.[spec.node];
  const place = { node: spec.node, netns: usesNamespaces(node) ? routerNetns(id) : null };
  const gatewayDraft = drafts.gateways.get(name);
  const { external_gateway: external, routes = [] } = spec;
  const gateway =
    gatewayDraft && external && resolveGateway(topology, assigned, gatewayDraft, place, { ...external, routes });
  const interfaces = (drafts.interfaces.get(name) ?? []).map((draft) =>
    resolveRouterPort(topology, assigned, draft, { ...place, device: deviceName('qr-', draft.id), use: 'interface' }),
  );
  return {
    name,
    id,
    ...place,
    gateway,
    interfaces,
    routes: resolveRoutes(topology, name, spec.routes ?? [], directRanges(interfaces, gateway)),
    origin: originAt(topology, path),
  };
}

function resolveGateway(
  topology: ValidTopology,
  assigned: Assigned,
  draft: Draft,
  place: { readonly node: string; readonly netns: Netns },
  { routes, ...spec }: ExternalGateway & { readonly routes: readonly Route[] },
): ResolvedGateway {
  const port = resolveRouterPort(topology, assigned, draft, {
    ...place,
    device: deviceName('qg-', draft.id),
    use: 'gateway',
  });
  const subnets = draft.network.subnets.map(({ subnet }) => subnet);
  const own = port.fixedIps.map(({ subnet }) => subnet.cidr);
  // A route of the router takes the place of the on-link one: Neutron's agent sets the routes last.
  const reached = new Set([...own, ...routes.map(({ destination }) => destination)]);
  const onLink = subnets.map(({ cidr }) => cidr).filter((cidr) => !reached.has(cidr));
  return { ...port, enableSnat: spec.enable_snat ?? true, ...gatewayChoices(port, subnets, spec), onLink };
}

/** Ranges that are directly connected to the router, each with its device. */
type DirectRanges = readonly { readonly block: Block; readonly device: string }[];

function directRanges(interfaces: readonly RouterPort[], gateway: ResolvedGateway | undefined): DirectRanges {
  const inside = interfaces.map(({ fixedIp, device }) => ({ block: parseBlock(fixedIp.subnet.cidr), device }));
  if (gateway === undefined) return inside;
  const { device, fixedIps, onLink } = gateway;
  const outside = [...fixedIps.map(({ subnet }) => subnet.cidr), ...onLink];
  return [...inside, ...outside.map((cidr) => ({ block: parseBlock(cidr), device }))];
}

/** Merges routes to one destination into one route with several next hops, as Neutron's ECMP routes. */
function resolveRoutes(
  topology: ValidTopology,
  router: string,
  routes: readonly Route[],
  ranges: DirectRanges,
): readonly ResolvedRoute[] {
  const byDestination = new Map<string, ResolvedRoute>();
  routes.forEach(({ destination, nexthop }, index) => {
    const hop = { gateway: nexthop, device: deviceTowards(nexthop, ranges) };
    const known = byDestination.get(destination);
    byDestination.set(destination, {
      destination,
      nexthops: [...(known?.nexthops ?? []), hop],
      origin: known?.origin ?? originAt(topology, ['routers', router, 'routes', index]),
    });
  });
  return [...byDestination.values()];
}

function deviceTowards(nexthop: string, ranges: DirectRanges): string {
  const ip = parseIp(nexthop);
  const range = ranges.find(({ block }) => contains(block, ip));
  return required(range, `a port of the router towards ${nexthop}`).device;
}
