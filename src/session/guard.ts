import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Plan } from '../model/plan.ts';
import { guard } from '../plan/guard.ts';

/** What a client lets go beyond what the guard would. */
export interface Allowance {
  /** Even more than 30 % of what stands. */
  readonly force: boolean;
  /** Even everything, because nothing is wanted. */
  readonly allowEmpty: boolean;
}

/** For whoever means to take a network down, and says so. */
export const EVERYTHING_MAY_GO: Allowance = { force: true, allowEmpty: true };

/** Why the guard does not let a plan for this graph be carried out; `undefined`: it does. */
export function refusal(graph: DesiredGraph, plan: Plan, allow: Allowance): Diagnostic | undefined {
  return guard(plan, graph.resources.size, allow);
}
