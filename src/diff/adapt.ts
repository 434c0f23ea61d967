import { kindOf, KINDS } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { NodeView } from '../model/probe.ts';
import type { Address, Resource } from '../model/resource.ts';
import type { FactsByKind } from '../model/state.ts';

/** Returns what the kinds know of a node that was read. */
export function factsOf(view: NodeView): FactsByKind {
  return new Map(
    KINDS.flatMap(({ name, adaptation }) => (adaptation ? [[name, adaptation.facts(view)] as const] : [])),
  );
}

/** Returns the graph adapted to the nodes whose facts are known. The same graph if that makes no difference. */
export function adaptedToNodes(graph: DesiredGraph, facts: ReadonlyMap<string, FactsByKind>): DesiredGraph {
  const adapted = new Map<Address, Resource>();
  for (const [address, resource] of graph.resources) {
    const { adaptation } = kindOf(resource.kind);
    const known = adaptation && facts.get(resource.node)?.get(resource.kind);
    if (!known) continue;
    const spec = adaptation.adapt(resource.spec, known);
    if (spec !== resource.spec) adapted.set(address, { ...resource, spec });
  }
  return adapted.size === 0 ? graph : { ...graph, resources: new Map([...graph.resources, ...adapted]) };
}
