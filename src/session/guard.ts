import type { MaxImpact } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Plan } from '../model/plan.ts';
import { guard } from '../plan/guard.ts';
import { impactGuard } from '../plan/max-impact.ts';

/** What a client allows beyond the guard's limits, and the impact that it allows at most. */
export interface Allowance {
  /** More than 30 % of the objects that exist. */
  readonly force: boolean;
  /** Everything, because the desired state is empty. */
  readonly allowEmpty: boolean;
  /** Derived addresses that exist may change. Absent: they may not. */
  readonly renumber?: boolean;
  /** The connection by which netloom reaches a node may be cut. */
  readonly lockOut?: boolean;
  /** The change is reverted unless it is confirmed, so the connection may be cut, too. */
  readonly confirmed?: boolean;
  /** The worst impact on traffic. Absent: any, but no other derived addresses. */
  readonly maxImpact?: MaxImpact;
}

/** For commands that remove a network on purpose. */
export const ALLOW_ALL_DELETIONS: Allowance = { force: true, allowEmpty: true };

/** Returns the guard's refusal of a plan for this graph; `undefined` if it allows the plan. */
export function refusal(graph: DesiredGraph, plan: Plan, allow: Allowance): Diagnostic | undefined {
  return guard(plan, graph.resources.size, allow) ?? impactRefusal(plan, allow);
}

/** Returns the refusal of a plan with a worse impact on traffic than is allowed. */
export function impactRefusal(plan: Plan, { maxImpact }: Partial<Allowance>): Diagnostic | undefined {
  return maxImpact === undefined ? undefined : impactGuard(plan, maxImpact);
}

/** Returns the refusals of a plan that would cut the connections by which nodes are reached. */
export function lockOutRefusals(
  { lockOuts = [] }: { readonly lockOuts?: readonly Diagnostic[] },
  { lockOut = false, confirmed = false }: Partial<Allowance>,
): readonly Diagnostic[] {
  return lockOut || confirmed ? [] : lockOuts;
}

/** Returns the refusal of a plan that changes derived addresses; `undefined` if there are none, or they may change. */
export function renumberRefusal(
  renumbered: readonly Diagnostic[],
  { renumber = false, maxImpact }: Partial<Allowance>,
): Diagnostic | undefined {
  if (renumbered.length === 0 || renumber || maxImpact === 'renumber') return undefined;
  const what = renumbered.length === 1 ? 'an address' : `${String(renumbered.length)} addresses`;
  return {
    code: 'NLP53',
    severity: 'error',
    summary: `${what} would change that the file does not give, and that the nodes have`,
    detail: renumbered
      .slice(0, MOST)
      .map(({ summary }) => summary)
      .join('\n'),
    hint: 'a guest keeps its old address until it renews its lease; `--max-impact renumber` changes them all the same',
  };
}

/** The most addresses that are listed. */
const MOST = 10;
