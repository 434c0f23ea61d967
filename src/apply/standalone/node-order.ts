import { DiagnosticError } from '../../model/diagnostic.ts';
import type { Batch } from '../../model/plan.ts';

/**
 * Returns the nodes whose scripts must have ended before that of each node begins.
 * @throws DiagnosticError NLA20 if two nodes wait for each other: one script of each cannot do that
 */
export function nodesFirst(batches: readonly Batch[]): ReadonlyMap<string, ReadonlySet<string>> {
  const nodeOf = new Map(batches.map(({ id, node }) => [id, node]));
  const first = new Map<string, Set<string>>();
  for (const { node, after } of batches) {
    const nodes = first.get(node) ?? new Set();
    for (const id of after) {
      const other = nodeOf.get(id);
      if (other !== undefined && other !== node) nodes.add(other);
    }
    first.set(node, nodes);
  }
  const done = new Set<string>();
  for (let more = true; more;) {
    const next = [...first].filter(([node, nodes]) => !done.has(node) && [...nodes].every((name) => done.has(name)));
    for (const [node] of next) done.add(node);
    more = next.length > 0;
  }
  const waiting = [...first.keys()].filter((node) => !done.has(node));
  if (waiting.length > 0) throw new DiagnosticError([bothWays(waiting)]);
  return first;
}

function bothWays(nodes: readonly string[]): DiagnosticError['diagnostics'][number] {
  return {
    code: 'NLA20',
    severity: 'error',
    summary: `no scripts can be written: ${nodes.join(' and ')} wait for each other`,
    detail: 'Each has commands that must be run after some commands of the other.',
    hint: 'use the command apply, or make the change in two steps: first what moves from one node, then the rest',
  };
}
