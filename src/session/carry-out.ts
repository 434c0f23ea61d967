import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { PlanResult } from './engine.ts';
import { refusal, type Allowance } from './guard.ts';
import type { Session } from './session.ts';
import type { Target } from './target.ts';

/** On what terms a plan is carried out. */
export interface Terms {
  /** What may go beyond what the guard lets go. */
  readonly allow: Allowance;
  /** Asked with a plan that the guard lets through, before anything is changed. What it throws ends the matter too. */
  readonly consent: (plan: Plan) => Promise<boolean>;
}

/** What came of a plan. */
export interface CarriedOut {
  /** `settled`: a second look finds nothing to do. `refused`: there was no consent, and nothing was changed. */
  readonly outcome: 'settled' | 'refused' | 'failed';
  readonly diagnostics: readonly Diagnostic[];
  /** The plan that was to be carried out. */
  readonly first: PlanResult;
  /** What was read last. */
  readonly final: PlanResult;
  /** How long it was worked on. */
  readonly milliseconds: number;
}

/** Carries out a plan: asks the guard, whose refusal is thrown, then for consent; applies, and looks again until nothing differs. */
export async function carryOut(
  session: Session,
  { graph, shells }: Target,
  first: PlanResult,
  { allow, consent }: Terms,
): Promise<CarriedOut> {
  const untouched = { diagnostics: [], first, final: first, milliseconds: 0 };
  if (first.plan.changes.length === 0) return { ...untouched, outcome: 'settled' };
  const refused = refusal(graph, first.plan, allow);
  if (refused) throw new DiagnosticError([refused]);
  if (!(await consent(first.plan))) return { ...untouched, outcome: 'refused' };
  const started = performance.now();
  const { ok, diagnostics, final } = await session.engine.apply(graph, shells, first, {
    allow,
    onEvent: session.tell,
  });
  return { outcome: ok ? 'settled' : 'failed', diagnostics, first, final, milliseconds: performance.now() - started };
}
