import { randomBytes } from 'node:crypto';
import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { Recording, RunEnd, RunInfo } from './archive.ts';
import type { PlanResult } from './engine.ts';
import { lockOutRefusals, refusal, renumberRefusal, type Allowance } from './guard.ts';
import type { Rollback } from './rollback.ts';
import type { Session } from './session.ts';
import type { Target } from './target.ts';
import type { Expectations } from './window/expectations.ts';
import type { Confirmation } from './window/way-back.ts';
import type { Decision, OpenWindow, WindowEnd } from './window/window.ts';

/** The conditions for applying a plan. */
export interface Terms {
  /** What may be deleted beyond what the guard allows. */
  readonly allow: Allowance;
  /** If the plan cannot be carried out, roll back what was done. Otherwise it is kept. */
  readonly rollback: boolean;
  /** SIGTERM lets the batches that run end, and leaves what was done: the next run continues from there. */
  readonly leaves?: boolean;
  /** Called for a plan that the guard lets through, before anything is changed. If it throws, nothing is applied. */
  readonly consent: (plan: Plan) => Promise<boolean>;
  /** How often commands are run before nothing differs; default: as often as an apply needs. */
  readonly rounds?: number;
  /** Each node reverts by itself unless the apply is kept. */
  readonly confirm?: {
    /** How long it can be kept once it has ended. */
    readonly seconds: number;
    /** How long the apply itself may take. */
    readonly limitSeconds?: number | undefined;
    /** Waits for the decision; `ended`: the nodes wait no longer. */
    readonly decide: (window: OpenWindow) => Promise<Decision | 'ended'>;
    /** What must work afterwards as it did before, or the apply is reverted at once. */
    readonly expectations?: Expectations | undefined;
  };
  /** What is archived of the run. Absent: it is not archived. */
  readonly run?: Omit<RunInfo, 'source'>;
}

/** The result of a plan. */
export interface PlanOutcome {
  /**
   * `settled`: reading again found nothing to do. `refused`: there was no consent, and nothing was changed. `reverted`:
   * it was not confirmed, at least not in time on all nodes.
   */
  readonly outcome: 'settled' | 'refused' | 'failed' | 'reverted';
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
 * nothing differs. From the first batch on, the client's first interrupt stops the apply alone; the client calls
 * `session.interrupts.release` when the result was told.
 */
export async function approveAndApply(
  session: Session,
  { graph, shells, renumbered = [], source, reread, basis }: Target,
  first: PlanResult,
  { allow: allowance, consent, rollback, leaves = false, rounds, confirm, run }: Terms,
): Promise<PlanOutcome> {
  const allow = { ...allowance, ...(confirm && { confirmed: true as const }) };
  if (first.plan.changes.length === 0) {
    const isUndo = session.archive !== undefined && run?.undoes !== undefined;
    const diagnostics = isUndo ? await (await import('./archive.ts')).recordUndone(session, first, run) : [];
    return { ...settledOutcome(first), diagnostics };
  }
  const refused = refusal(graph, first.plan, allow) ?? renumberRefusal(renumbered, allow);
  const refusals = refused ? [refused] : lockOutRefusals(first, allow);
  if (refusals.length > 0) throw new DiagnosticError(refusals);
  if (!(await consent(first.plan))) return { ...settledOutcome(first), outcome: 'refused' };
  await confirm?.expectations?.before();
  const started = performance.now();
  // What is archived as the state before is what was read under the lock.
  const archived: { recording?: Recording | undefined } = {};
  const end = async (how: RunEnd) => (await archived.recording?.end(how)) ?? [];
  const id = confirm && randomBytes(8).toString('hex');
  try {
    const { ok, window, ...result } = await session.engine.apply(graph, shells, first, {
      allow,
      lock: session.lock,
      onLocked: async (current) => {
        if (session.archive && run) archived.recording = await begin(session, current, { ...run, source, window: id });
      },
      onEvent: (event) => {
        archived.recording?.onEvent(event);
        session.tell(event);
      },
      rollback,
      ...(reread && { reread }),
      ...(basis && { basis }),
      // What is to be confirmed must not stay without it.
      begin: () => session.interrupts.hold({ reverts: confirm !== undefined, leaves: leaves && confirm === undefined }),
      leaves: () => session.interrupts.leaves,
      ...(rounds !== undefined && { rounds }),
      ...(confirm && { confirm: { ...timesOf(confirm), id, client: session.shell.client ?? '' } }),
    });
    const outcome = { ...result, first, milliseconds: performance.now() - started };
    if (!confirm || !window) {
      const ended = ok ? 'settled' : result.rollback?.complete === true ? 'rolled-back' : 'failed';
      const warnings = await end({ ...result, outcome: ended });
      return { ...outcome, diagnostics: [...result.diagnostics, ...warnings], outcome: ok ? 'settled' : 'failed' };
    }
    const watched = confirm.expectations?.watch(window) ?? { window, errors: () => [] };
    const decision = await confirm.decide(watched.window);
    // Of nodes that wait no longer it is asked what became of them.
    const ends = await window.decide(decision === 'ended' ? 'revert' : decision);
    const diagnostics = decision === 'ended' ? [...watched.errors(), ...ends.diagnostics] : ends.diagnostics;
    const isKept = diagnostics.length === 0;
    const warnings = await end({ ...windowEnd(window, ends), diagnostics, final: isKept ? result.final : undefined });
    if (isKept) return { ...outcome, diagnostics: [...result.diagnostics, ...warnings], outcome: 'settled' };
    return { ...outcome, outcome: 'reverted', diagnostics: [...diagnostics, ...warnings] };
  } catch (error) {
    await end({ outcome: 'failed', diagnostics: error instanceof DiagnosticError ? error.diagnostics : [] });
    throw error;
  }
}

function timesOf({ seconds, limitSeconds }: NonNullable<Terms['confirm']>): Omit<Confirmation, 'client'> {
  return { seconds, ...(limitSeconds !== undefined && { limitSeconds }) };
}

/** Returns what is archived of a run whose window ended so. */
function windowEnd({ nodes }: OpenWindow, { kept, reverted }: WindowEnd): Pick<RunEnd, 'outcome' | 'kept'> {
  if (reverted.length === 0 && kept.length === nodes.length) return { outcome: 'settled' };
  return kept.length === 0 ? { outcome: 'reverted' } : { outcome: 'partly-reverted', kept };
}

/** Returns the outcome of a plan without changes. */
export function settledOutcome(first: PlanResult): PlanOutcome {
  return { outcome: 'settled', diagnostics: [], first, final: first, milliseconds: 0 };
}

async function begin(session: Session, first: PlanResult, info: RunInfo): Promise<Recording | undefined> {
  return (await import('./archive.ts')).beginRun(session, first, info);
}
