import type { Shown } from '../../model/shown.ts';
import { joinParts } from '../words.ts';
import type { RouteSpec } from './spec.ts';

/** Describes its next hops, and its metric if it has one. */
export function describe({ nexthops, metric }: RouteSpec): string {
  const hops = nexthops.map((hop) => `${hopInWords(hop)}${hop.onlink === true ? ' onlink' : ''}`);
  return joinParts([hops.join(' and '), metric !== 0 && `metric ${String(metric)}`]);
}

export function shown({ name, spec }: { readonly name: string; readonly spec: RouteSpec }): Shown {
  return { route: `${name} ${spec.nexthops.map(hopInWords).join(', ')}` };
}

function hopInWords({ gateway, device }: RouteSpec['nexthops'][number]): string {
  return gateway === undefined ? `dev ${device}` : `via ${gateway} dev ${device}`;
}
