import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { NodeView } from '../model/probe.ts';
import type { Address, Resource } from '../model/resource.ts';

/**
 * Returns the graph adapted to the nodes that were read (`Kind.adaptToNode`). The same graph if they support it all.
 */
export function adaptedToNodes(graph: DesiredGraph, views: ReadonlyMap<string, NodeView>): DesiredGraph {
  const adaptedToNodes = new Map<Address, Resource>();
  for (const [address, resource] of graph.resources) {
    const adapt = kindOf(resource.kind).adaptToNode;
    const view = adapt && views.get(resource.node);
    if (!view) continue;
    const spec = adapt(resource.spec, view);
    if (spec !== resource.spec) adaptedToNodes.set(address, { ...resource, spec });
  }
  return adaptedToNodes.size === 0 ? graph : { ...graph, resources: new Map([...graph.resources, ...adaptedToNodes]) };
}
