import type { Leftover } from '../diff/leftovers.ts';
import { approveAndApply, type PlanOutcome, type Terms } from './approve-and-apply.ts';
import type { PlanResult } from './engine.ts';
import { ALLOW_ALL_DELETIONS, type Allowance } from './guard.ts';
import type { Session } from './session.ts';
import { planOrThrow, emptyTarget, type Target } from './target.ts';

/** The callbacks of a client. */
export interface DestroyOptions extends Pick<Terms, 'consent' | 'run'> {
  /** What may be done besides deleting everything. */
  readonly allow?: Pick<Allowance, 'lockOut'>;
  /** Called with the plan before consent is asked. */
  readonly onPlan: (first: PlanResult) => Promise<void>;
}

/** The result of a destroy. */
export interface Destroyed extends PlanOutcome {
  /** Changes of the topology that destroy does not undo. Empty without consent, because nothing was removed. */
  readonly left: readonly Leftover[];
}

/**
 * Removes all objects of a topology, by a plan with an empty desired state. @throws DiagnosticError if that plan has
 * errors
 */
export async function destroyNetwork(
  session: Session,
  target: Target,
  { onPlan, consent, allow, run }: DestroyOptions,
): Promise<Destroyed> {
  const nothing = emptyTarget(target);
  const first = await planOrThrow(session, nothing);
  await onPlan(first);
  const result = await approveAndApply(session, nothing, first, {
    allow: { ...ALLOW_ALL_DELETIONS, ...allow },
    consent,
    ...(run && { run }),
    rollback: false,
  });
  if (result.outcome === 'refused') return { ...result, left: [] };
  const { leftovers } = await import('../diff/leftovers.ts');
  return { ...result, left: leftovers(target.graph, result.final.observed) };
}
