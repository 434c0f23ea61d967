import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Plan } from '../model/plan.ts';
import { guard } from '../plan/guard.ts';

/** What a client lets be deleted beyond what the guard allows. */
export interface Allowance {
  /** More than 30 % of the objects that exist. */
  readonly force: boolean;
  /** Everything, because the desired state is empty. */
  readonly allowEmpty: boolean;
}

/** For commands that remove a network on purpose. */
export const ALLOW_ALL_DELETIONS: Allowance = { force: true, allowEmpty: true };

/** Returns why the guard refuses a plan for this graph; `undefined` if it does not. */
export function refusal(graph: DesiredGraph, plan: Plan, allow: Allowance): Diagnostic | undefined {
  return guard(plan, graph.resources.size, allow);
}
