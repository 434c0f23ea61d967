import { typedLine } from '../../model/command-line.ts';
import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import { ipProbe, type RawLink, type RawRoute } from '../../kernel/probes/ip.ts';
import { ownNodePorts } from '../../kernel/links/node-ports.ts';
import { destinationOf, isMade, isThroughOwnPort } from './observe.ts';
import type { RouteSpec } from './spec.ts';

/** The kernel's own routes among these, through the node's own devices: with metric 0 ours would be refused. */
function connectedOf(routes: readonly RawRoute[], ports: readonly RawLink[]): readonly RawRoute[] {
  return routes
    .filter(({ protocol, metric = 0, dev }) => {
      return protocol === 'kernel' && metric === 0 && !ports.some(({ ifname }) => ifname === dev);
    })
    .slice(0, 1);
}

function connected({ node, name, origin }: Resource<RouteSpec>, { dev = '' }: RawRoute): Diagnostic {
  return {
    code: 'NLP14',
    severity: 'error',
    summary: `${node} itself is on ${name}, by an address of ${dev}`,
    detail: 'A router without a namespace uses the node’s routes, of which the kernel keeps one for each network.',
    place: { node },
    hint: `lead the route to a part of ${name}, or let ${node} use namespaces (leave use_namespaces out)`,
    ...(origin.range && { range: origin.range }),
  };
}

/**
 * Reports that a route can't be set in the node's own namespace: the node has a route of its own to that destination,
 * with whatever metric.
 */
export function routeTaken(
  resource: Resource<RouteSpec>,
  _change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  const { node, netns, name, origin } = resource;
  if (netns !== null) return [];
  const view = context.view(node);
  const state = namespaceView(view, null)?.get(ipProbe);
  const ports = view ? ownNodePorts(view, context.topology) : [];
  const rivals = (state?.routes ?? []).filter(
    (raw) => (raw.table ?? 'main') === 'main' && destinationOf(raw) === name && !isThroughOwnPort(raw, ports),
  );
  const rival = rivals.find(isMade);
  if (rival === undefined) return connectedOf(rivals, ports).map((raw) => connected(resource, raw));
  const by = [rival.gateway && `via ${rival.gateway}`, rival.dev && `dev ${rival.dev}`].filter(Boolean).join(' ');
  const isDefault = name === 'default';
  return [
    {
      code: 'NLP14',
      severity: 'error',
      summary: `${node} has ${isDefault ? 'a default route' : `a route to ${name}`} of its own (${by})`,
      detail: isDefault
        ? 'A router without a namespace uses the node’s routes: its default route would be the node’s.'
        : 'A router without a namespace uses the node’s routes.',
      place: { node },
      hint:
        `remove it by hand (${typedLine('ip', 'route', 'del', name, ...by.split(' ').filter(Boolean))}), ` +
        `or let ${node} use namespaces ` +
        '(leave use_namespaces out)',
      ...(origin.range && { range: origin.range }),
    },
  ];
}
