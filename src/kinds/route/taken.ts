import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { ownNodePorts } from '../../kernel/links/node-ports.ts';
import { destinationOf, isMade, isThroughOwnPort } from './observe.ts';
import type { RouteSpec } from './spec.ts';

/**
 * Reports that a route can't be set in the node's own namespace: the node has a route of its own to that destination,
 * with whatever metric.
 */
export function routeTaken(
  { node, netns, name, origin }: Resource<RouteSpec>,
  _change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  if (netns !== null) return [];
  const view = context.view(node);
  const state = namespaceView(view, null)?.get(ipProbe);
  const ports = view ? ownNodePorts(view, context.topology) : [];
  const rival = (state?.routes ?? []).find(
    (raw) =>
      (raw.table ?? 'main') === 'main' && destinationOf(raw) === name && isMade(raw) && !isThroughOwnPort(raw, ports),
  );
  if (rival === undefined) return [];
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
        `remove it by hand (ip route del ${name}${by === '' ? '' : ` ${by}`}), or let ${node} use namespaces ` +
        '(leave use_namespaces out)',
      ...(origin.range && { range: origin.range }),
    },
  ];
}
