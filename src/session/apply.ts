import type { Diagnostic } from '../model/diagnostic.ts';
import type { ApplyEvent } from '../model/event.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { lockOutRefusals, refusal, type Allowance } from './guard.ts';
import { lockNodes, unlockNodes, type LockOptions } from './lock.ts';
import type { Shells } from './nodes.ts';
import type { Basis } from '../diff/part.ts';
import type { PlanResult } from './plan.ts';
import { stalePlan, recheckPlan } from './recheck-plan.ts';
import { rollBack, type Rollback } from './rollback.ts';
import { settle, type Reread } from './settle.ts';
import { prepareWayBack, type Confirmation, type WayBack } from './window/way-back.ts';
import { windowOn, type OpenWindow } from './window/window.ts';

/** Options of an apply. */
export interface ApplyOptions {
  /**
   * What may be deleted beyond the guard's limits. It has no default: every caller decides.
   */
  readonly allow: Allowance;
  /** How the locks are waited for; by default not at all. */
  readonly lock?: LockOptions;
  readonly onEvent: (event: ApplyEvent) => void;
  /** If the plan cannot be carried out, roll back what was done. Otherwise it is kept. */
  readonly rollback?: boolean;
  /** Called under the locks with what was read there, or just before, and before anything is changed. */
  readonly onLocked?: (current: PlanResult) => Promise<void>;
  /**
   * Called before the first batch. Returns the signal that stops the apply: the batches that run end, and no other
   * begins.
   */
  readonly begin?: () => AbortSignal;
  /** Asked after a stop: returns true if what was done is left, and not rolled back. */
  readonly leaves?: () => boolean;
  /** The most rounds; default: as many as settling may need. */
  readonly rounds?: number;
  /** Reads what a plan may have changed; by default everything is read. */
  readonly reread?: Reread | undefined;
  /** What need not be compared again, unless it has changed. */
  readonly basis?: Basis;
  /** Each node reverts by itself unless the apply is kept. */
  readonly confirm?: Confirmation;
}

/** The result of an apply. `final` was read after the last round: its plan is empty if all changes succeeded. */
export interface ApplyResult {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly final: PlanResult;
  /** Present if something had been done when the apply failed, and it was to be rolled back. */
  readonly rollback?: Rollback;
  /** The time in which an apply that succeeded can be kept. */
  readonly window?: OpenWindow;
}

/**
 * Applies a plan that the guard lets through, reads everything again, and repeats until nothing differs. If that fails,
 * what was done is rolled back. Each node is changed by one netloom at a time.
 */
export async function applyNetwork(
  graph: DesiredGraph,
  shells: Shells,
  first: PlanResult,
  options: ApplyOptions,
): Promise<ApplyResult> {
  const refused = refusal(graph, first.plan, options.allow);
  const refusals = refused ? [refused] : lockOutRefusals(first, options.allow);
  if (refusals.length > 0) return { ok: false, diagnostics: refusals, final: first };
  try {
    let waited = false;
    const busy = await lockNodes(shells, { waitMs: 0, ...options.lock, onWait: () => (waited = true) });
    if (busy.length > 0) return { ok: false, diagnostics: busy, final: first };
    const current = await recheckPlan(graph, shells, first, waited);
    if (!current) return { ok: false, diagnostics: [stalePlan(graph.topology)], final: first };
    await options.onLocked?.(current);
    return await settleOrRollBack(graph, shells, current, options);
  } finally {
    await unlockNodes(shells);
  }
}

async function settleOrRollBack(
  graph: DesiredGraph,
  shells: Shells,
  first: PlanResult,
  { allow, onEvent, begin, leaves, rollback = false, rounds, confirm, reread, basis }: ApplyOptions,
): Promise<ApplyResult> {
  const wayBack = confirm && prepareWayBack(graph, shells, first, confirm);
  const { begun, done, ...result } = await settle(graph, shells, first, {
    onEvent,
    allow,
    rollsBack: rollback,
    reread,
    ...(basis && { basis }),
    ...(begin && { stop: begin() }),
    ...(rounds !== undefined && { rounds }),
    ...(wayBack && { wayBack }),
  });
  if (result.ok) return wayBack ? opened(graph, shells, first, result, wayBack) : result;
  if (!rollback || begun.length === 0 || leaves?.() === true) return reverted(graph, shells, first, result, wayBack);
  const back = await rollBack({ graph, before: first, begun, done }, shells, onEvent);
  const diagnostics = [...result.diagnostics, ...back.diagnostics];
  const ended = { ...result, diagnostics, final: back.complete ? first : result.final, rollback: back };
  return reverted(graph, shells, first, ended, wayBack);
}

/** Begins the time in which an apply can be kept. If a node cannot wait, all of them revert. */
async function opened(
  graph: DesiredGraph,
  shells: Shells,
  first: PlanResult,
  result: ApplyResult,
  wayBack: WayBack,
): Promise<ApplyResult> {
  const late = await wayBack.open();
  const window = windowOn(graph, shells, first, wayBack);
  if (late.length === 0) return { ...result, window };
  await unlockNodes(shells);
  const { diagnostics } = await window.decide('revert');
  return { ...result, ok: false, diagnostics: [...result.diagnostics, ...diagnostics] };
}

/**
 * Ends the way back of an apply that failed: nodes that were rolled back, and were read since, need it no more; all
 * others take it now.
 */
async function reverted(
  graph: DesiredGraph,
  shells: Shells,
  first: PlanResult,
  result: ApplyResult,
  wayBack: WayBack | undefined,
): Promise<ApplyResult> {
  if (!wayBack || wayBack.nodes.size === 0) return result;
  const window = windowOn(graph, shells, first, wayBack);
  if (result.rollback?.complete === true) {
    await window.decide('keep');
    return result;
  }
  // The timers take the locks.
  await unlockNodes(shells);
  const { diagnostics } = await window.decide('revert');
  return { ...result, diagnostics: [...result.diagnostics, ...diagnostics] };
}
