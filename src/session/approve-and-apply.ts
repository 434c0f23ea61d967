import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { PlanResult } from './engine.ts';
import { lockOutRefusals, refusal, renumberRefusal, type Allowance } from './guard.ts';
import type { Rollback } from './rollback.ts';
import type { Session } from './session.ts';
import type { Target } from './target.ts';

/** The conditions for applying a plan. */
export interface Terms {
  /** What may be deleted beyond what the guard allows. */
  readonly allow: Allowance;
  /** If the plan cannot be carried out, roll back what was done. Otherwise it is kept. */
  readonly rollback: boolean;
  /** Called for a plan that the guard lets through, before anything is changed. If it throws, nothing is applied. */
  readonly consent: (plan: Plan) => Promise<boolean>;
  /** How often commands are run before nothing differs; default: as often as an apply needs. */
  readonly rounds?: number;
}

/** The result of a plan. */
export interface PlanOutcome {
  /** `settled`: reading again found nothing to do. `refused`: there was no consent, and nothing was changed. */
  readonly outcome: 'settled' | 'refused' | 'failed';
  readonly diagnostics: readonly Diagnostic[];
  /** The plan that was shown. */
  readonly first: PlanResult;
  /** The last reading, and its plan. */
  readonly final: PlanResult;
  /** How long applying took. */
  readonly milliseconds: number;
  /** Present if it failed, and what was done was to be rolled back. */
  readonly rollback?: Rollback;
}

/**
 * Applies a plan: asks the guard, whose refusal is thrown, then asks for consent, applies, and reads again until
 * nothing differs. From consent on, the client's first interrupt stops the apply alone; the client calls
 * `session.interrupts.release` when the result was told.
 */
export async function approveAndApply(
  session: Session,
  { graph, shells, renumbered = [] }: Target,
  first: PlanResult,
  { allow, consent, rollback, rounds }: Terms,
): Promise<PlanOutcome> {
  const untouched = { diagnostics: [], first, final: first, milliseconds: 0 };
  if (first.plan.changes.length === 0) return { ...untouched, outcome: 'settled' };
  const refused = refusal(graph, first.plan, allow) ?? renumberRefusal(renumbered, allow);
  const refusals = refused ? [refused] : lockOutRefusals(first, allow);
  if (refusals.length > 0) throw new DiagnosticError(refusals);
  if (!(await consent(first.plan))) return { ...untouched, outcome: 'refused' };
  const started = performance.now();
  const { ok, ...result } = await session.engine.apply(graph, shells, first, {
    allow,
    lock: session.lock,
    onEvent: session.tell,
    rollback,
    stop: session.interrupts.hold(),
    ...(rounds !== undefined && { rounds }),
  });
  return { ...result, outcome: ok ? 'settled' : 'failed', first, milliseconds: performance.now() - started };
}
