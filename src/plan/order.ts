import { alg, Graph } from '@dagrejs/graphlib';
import type { Edge } from './edges.ts';

/**
 * The edges without circles: soft ones that are part of a circle are given up, one at a time, until none is left (the addresses of two floating
 * IPs that swap their places can't both come first). A circle of hard edges is a mistake of a kind, and thrown with the objects it
 * goes through.
 */
export function withoutCircles(edges: readonly Edge[]): readonly Edge[] {
  const given = new Set<Edge>();
  let suspects = insideCircles(edges);
  while (suspects.length > 0) {
    // The one declared last: needs come before what only orders what leaves and what comes.
    const weakest = suspects.findLast(({ soft }) => soft);
    if (!weakest) throw new Error(`the kinds ask for an order that closes a circle: ${described(suspects)}`);
    given.add(weakest);
    suspects = insideCircles(suspects.filter((edge) => edge !== weakest));
  }
  return edges.filter((edge) => !given.has(edge));
}

/** The edges between operations of one circle. */
function insideCircles(edges: readonly Edge[]): readonly Edge[] {
  const graph = new Graph();
  for (const { before, after } of edges) graph.setEdge(String(before.id), String(after.id));
  const circles = alg.tarjan(graph).filter((component) => component.length > 1);
  const circleOf = new Map(circles.flatMap((circle, number) => circle.map((id) => [Number(id), number] as const)));
  return edges.filter(({ before, after }) => {
    const circle = circleOf.get(before.id);
    return circle !== undefined && circle === circleOf.get(after.id);
  });
}

function described(edges: readonly Edge[]): string {
  return edges
    .map(({ before, after }) => `${before.role} ${before.address} → ${after.role} ${after.address}`)
    .join('; ');
}
