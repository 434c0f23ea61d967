import type { DesiredGraph } from '../../src/model/graph.ts';
import type { PlanResult } from '../../src/session/plan.ts';

/** What was planned for each answer of the nodes, by its digests. */
const PLANNED = new WeakMap<DesiredGraph, Map<string, string>>();

/**
 * Returns a plan. Fails if another one was made of the same desired state and answers with the same digests: then a
 * plan that is remembered would not be what is planned.
 */
export function foretold(graph: DesiredGraph, result: PlanResult): PlanResult {
  if (result.digests === undefined) return result;
  const { plan, diagnostics } = result;
  const changes = plan.changes.map(({ action, address, fields }) => [
    action,
    address,
    fields.map(({ field }) => field),
  ]);
  const now = JSON.stringify([changes, plan.owned, plan.foreign, diagnostics.map(({ summary }) => summary)]);
  const known = PLANNED.get(graph) ?? new Map<string, string>();
  PLANNED.set(graph, known);
  const answer = JSON.stringify([...result.digests]);
  const before = known.get(answer) ?? now;
  known.set(answer, now);
  if (before === now) return result;
  throw new Error(`two plans of nodes that answered with one digest:\n${before}\n${now}`);
}
