import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Shells } from './nodes.ts';
import { planNetwork, type PlanResult } from './plan.ts';

/** For so long a plan is taken as it is. */
const FRESH_MS = 1000;

/** A plan that somebody thought about for a while is only carried out if it would be made the same way now. */
export async function stillTrue(
  graph: DesiredGraph,
  shells: Shells,
  shown: PlanResult,
): Promise<PlanResult | undefined> {
  if (performance.now() - shown.readAt < FRESH_MS) return shown;
  const now = await planNetwork(graph, shells);
  return JSON.stringify(now.plan.batches) === JSON.stringify(shown.plan.batches) ? now : undefined;
}

/** What is said where it would not. */
export function stale(topology: string): Diagnostic {
  return {
    code: 'NLA05',
    severity: 'error',
    summary: `the network has changed since the plan of ${topology} was shown`,
    detail: 'Nothing was done.',
    hint: 'apply again, and look at the new plan',
  };
}
