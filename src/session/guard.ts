import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Plan } from '../model/plan.ts';
import { guard } from '../plan/guard.ts';

/** What a client allows to be deleted beyond the guard's limits. */
export interface Allowance {
  /** More than 30 % of the objects that exist. */
  readonly force: boolean;
  /** Everything, because the desired state is empty. */
  readonly allowEmpty: boolean;
}

/** For commands that remove a network on purpose. */
export const ALLOW_ALL_DELETIONS: Allowance = { force: true, allowEmpty: true };

/** Returns the guard's refusal of a plan for this graph; `undefined` if it allows the plan. */
export function refusal(graph: DesiredGraph, plan: Plan, allow: Allowance): Diagnostic | undefined {
  return guard(plan, graph.resources.size, allow);
}
