import { alg, Graph } from '@dagrejs/graphlib';
import type { Edge } from './edges.ts';

/**
 * The edges without circles: a soft one that is part of a circle is given up (the addresses of two floating IPs that swap their places can't
 * both come first). A circle of hard edges is a mistake of a kind, and thrown with the objects it goes through.
 */
export function withoutCircles(edges: readonly Edge[]): readonly Edge[] {
  const graph = new Graph();
  for (const { before, after } of edges) graph.setEdge(String(before.id), String(after.id));
  const circles = alg.tarjan(graph).filter((component) => component.length > 1);
  const circleOf = new Map(circles.flatMap((circle, number) => circle.map((id) => [Number(id), number] as const)));
  const kept = edges.filter(({ before, after, soft }) => {
    const circle = circleOf.get(before.id);
    return !soft || circle === undefined || circle !== circleOf.get(after.id);
  });
  if (circles.length > 0 && kept.length === edges.length) {
    const names = new Map(
      edges.flatMap(({ before, after }) => [before, after]).map((o) => [String(o.id), `${o.role} ${o.address}`]),
    );
    throw new Error(
      `the kinds ask for an order that closes a circle: ${(circles[0] ?? []).map((id) => names.get(id) ?? id).join(' → ')}`,
    );
  }
  return kept;
}
