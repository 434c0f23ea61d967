import { execute } from '../apply/execute.ts';
import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { ApplyEvent } from '../model/event.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Batch } from '../model/plan.ts';
import { guard } from '../plan/guard.ts';
import { impactRefusal, refusal, type Allowance } from './guard.ts';
import { lockNodes, unlockNodes, type LockOptions } from './lock.ts';
import type { Shells } from './nodes.ts';
import { planNetwork, type PlanResult } from './plan.ts';
import { stalePlan, recheckPlan } from './recheck-plan.ts';
import { unsettled, type Round } from '../apply/unsettled.ts';

/** Options of an apply. */
export interface ApplyOptions {
  /**
   * What may be deleted beyond the guard's limits. It has no default: every caller decides.
   */
  readonly allow: Allowance;
  /** How the locks are waited for; by default not at all. */
  readonly lock?: LockOptions;
  readonly onEvent: (event: ApplyEvent) => void;
}

/** The result of an apply. `final` was read after the last round: its plan is empty if all changes succeeded. */
export interface ApplyResult {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly final: PlanResult;
}

/**
 * A round repairs what a change of the round before broke (the kernel deletes a device's routes with its last address).
 * If more rounds than this are needed, another program changes the same objects.
 */
const ROUNDS = 4;

/**
 * Applies a plan that the guard lets through, reads everything again, and repeats until nothing differs. Each node is
 * changed by one netloom at a time.
 */
export async function applyNetwork(
  graph: DesiredGraph,
  shells: Shells,
  first: PlanResult,
  options: ApplyOptions,
): Promise<ApplyResult> {
  const refused = refusal(graph, first.plan, options.allow);
  if (refused) return { ok: false, diagnostics: [refused], final: first };
  try {
    const busy = await lockNodes(shells, options.lock);
    if (busy.length > 0) return { ok: false, diagnostics: busy, final: first };
    const current = await recheckPlan(graph, shells, first);
    if (!current) return { ok: false, diagnostics: [stalePlan(graph.topology)], final: first };
    return await settle(graph, shells, current, options);
  } finally {
    await unlockNodes(shells);
  }
}

async function settle(
  graph: DesiredGraph,
  shells: Shells,
  first: PlanResult,
  { allow, onEvent }: Pick<ApplyOptions, 'allow' | 'onEvent'>,
): Promise<ApplyResult> {
  const started = performance.now();
  let current = first;
  let last: Round = { plan: first.plan, outputs: new Map() };
  for (let round = 1; ; round += 1) {
    if (hasErrors(current.diagnostics)) return { ok: false, diagnostics: current.diagnostics, final: current };
    if (current.plan.changes.length === 0) {
      onEvent({ type: 'settled', rounds: round - 1, milliseconds: performance.now() - started });
      return { ok: true, diagnostics: current.diagnostics, final: current };
    }
    if (round > ROUNDS) {
      onEvent({ type: 'unsettled', rounds: ROUNDS, plan: current.plan });
      return { ok: false, diagnostics: [unsettled(current.plan, last, ROUNDS)], final: current };
    }
    onEvent({ type: 'round-start', round, plan: current.plan });
    const outputs = new Map<Batch, string>();
    const failures = await execute(current.plan, graph, shells, onEvent, (batch, text) => outputs.set(batch, text));
    last = { plan: current.plan, outputs };
    try {
      current = await planNetwork(graph, shells);
    } catch (error) {
      // A node that cannot be read must not hide what failed before.
      if (failures.length === 0 || !(error instanceof DiagnosticError)) throw error;
      return { ok: false, diagnostics: [...failures, ...error.diagnostics], final: current };
    }
    if (failures.length > 0) return { ok: false, diagnostics: failures, final: current };
    const more = furtherDeletions(first, current) ?? impactRefusal(current.plan, allow);
    if (more) return { ok: false, diagnostics: [more], final: current };
  }
}

/** Later rounds only repair: one that deletes many objects that the first plan kept has misread a node, so it fails. */
function furtherDeletions(first: PlanResult, { plan }: PlanResult): Diagnostic | undefined {
  const announced = new Set(first.plan.changes.map(({ address }) => address));
  const changes = plan.changes.filter(({ address }) => !announced.has(address));
  return guard({ ...plan, changes }, 1, { force: false, allowEmpty: true });
}
