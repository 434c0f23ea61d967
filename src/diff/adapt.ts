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

/** What graphs were adapted to last, and the results. */
const last = new WeakMap<DesiredGraph, { readonly facts: string; readonly adapted: DesiredGraph }>();

/**
 * Returns the graph adapted to the nodes whose facts are known. The same graph if that makes no difference, and the
 * same result as the last time if the facts are the same.
 */
export function adaptedToNodes(graph: DesiredGraph, facts: ReadonlyMap<string, FactsByKind>): DesiredGraph {
  const text = JSON.stringify([...facts].map(([node, known]) => [node, ...known]));
  const before = last.get(graph);
  if (before?.facts === text) return before.adapted;
  const adapted = adaptedTo(graph, facts);
  last.set(graph, { facts: text, adapted });
  return adapted;
}

function adaptedTo(graph: DesiredGraph, facts: ReadonlyMap<string, FactsByKind>): DesiredGraph {
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
