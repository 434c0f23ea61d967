import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Observed, Resource } from '../model/resource.ts';

/** Returns what would be observed of the objects of a graph if the nodes had all of them as desired. */
export function conformingObjects({ resources }: Pick<DesiredGraph, 'resources'>): readonly Observed[] {
  return [...resources.values()].map(conforming);
}

function conforming({ node, netns, kind, name, spec }: Resource): Observed {
  const its = kindOf(kind);
  const owner = its.foreign === 'borrowed' ? 'foreign' : 'ours';
  return { node, netns, kind, name, ...(its.conforming?.(spec) ?? { owner, spec }) };
}
