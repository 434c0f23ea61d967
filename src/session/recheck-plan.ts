import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Shells } from './nodes.ts';
import { planNetwork, type PlanResult } from './plan.ts';

/** A plan of this age or less is applied without planning again, unless another netloom has changed a node since. */
const FRESH_MS = 1000;

/**
 * Returns the plan to apply. It is the shown one if it is new, or if the locks were taken before the nodes were read:
 * then no consent was asked for. Otherwise it is the result of planning again, because consent may have taken a while;
 * `undefined` if that is a different plan.
 * @param waited another netloom held a lock when this one asked for it
 */
export async function recheckPlan(
  graph: DesiredGraph,
  shells: Shells,
  shown: PlanResult,
  waited = false,
): Promise<PlanResult | undefined> {
  const isLocked = [...shells.values()].every(({ lockedSince = Infinity }) => lockedSince <= shown.readAt);
  if (isLocked || (!waited && performance.now() - shown.readAt < FRESH_MS)) return shown;
  const now = await planNetwork(graph, shells);
  return JSON.stringify(now.plan.batches) === JSON.stringify(shown.plan.batches) ? now : undefined;
}

/** Returns the error for a plan that planning again does not confirm. */
export function stalePlan(topology: string): Diagnostic {
  return {
    code: 'NLA05',
    severity: 'error',
    summary: `the network has changed since the plan of ${topology} was shown`,
    detail: 'Nothing was changed.',
    hint: 'apply again, and look at the new plan',
  };
}
