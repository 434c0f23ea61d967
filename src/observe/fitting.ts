import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { NodeView } from '../model/probe.ts';
import type { Address, Resource } from '../model/resource.ts';

/** The graph with what the nodes that were read can have of it (`Kind.adaptToNode`). The same graph where they can have it all. */
export function fitted(graph: DesiredGraph, views: ReadonlyMap<string, NodeView>): DesiredGraph {
  const altered = new Map<Address, Resource>();
  for (const [address, resource] of graph.resources) {
    const fit = kindOf(resource.kind).adaptToNode;
    const view = fit && views.get(resource.node);
    if (!view) continue;
    const spec = fit(resource.spec, view);
    if (spec !== resource.spec) altered.set(address, { ...resource, spec });
  }
  return altered.size === 0 ? graph : { ...graph, resources: new Map([...graph.resources, ...altered]) };
}
