import { alg, Graph } from '@dagrejs/graphlib';
import type { Edge } from './edges.ts';

/**
 * Returns the edges without cycles: soft edges in a cycle are given up, one at a time, until no cycle is left (of two
 * floating IPs that swap their addresses, not both can come first). A cycle of hard edges is a mistake of a kind, and
 * thrown with the objects it contains.
 */
export function withoutCycles(edges: readonly Edge[]): readonly Edge[] {
  const dropped = new Set<Edge>();
  let suspects = edgesInCycles(edges);
  while (suspects.length > 0) {
    // The edge declared last: needs are more important than the order of deletion and creation.
    const weakest = suspects.findLast(({ soft }) => soft);
    if (!weakest) throw new Error(`the needs of the kinds contain a cycle: ${described(suspects)}`);
    dropped.add(weakest);
    suspects = edgesInCycles(suspects.filter((edge) => edge !== weakest));
  }
  return edges.filter((edge) => !dropped.has(edge));
}

/** Returns the edges whose operations are in one cycle. */
function edgesInCycles(edges: readonly Edge[]): readonly Edge[] {
  const graph = new Graph();
  for (const { before, after } of edges) graph.setEdge(String(before.id), String(after.id));
  const cycles = alg.tarjan(graph).filter((component) => component.length > 1);
  const cycleOf = new Map(cycles.flatMap((cycle, number) => cycle.map((id) => [Number(id), number] as const)));
  return edges.filter(({ before, after }) => {
    const cycle = cycleOf.get(before.id);
    return cycle !== undefined && cycle === cycleOf.get(after.id);
  });
}

function described(edges: readonly Edge[]): string {
  return edges
    .map(({ before, after }) => `${before.role} ${before.address} → ${after.role} ${after.address}`)
    .join('; ');
}
