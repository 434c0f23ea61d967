import { execute } from '../apply/execute.ts';
import { unsettled, type Round } from '../apply/unsettled.ts';
import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { ApplyEvent } from '../model/event.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Batch, Plan } from '../model/plan.ts';
import { guard } from '../plan/guard.ts';
import { impactRefusal, lockOutRefusals, type Allowance } from './guard.ts';
import type { Shells } from './nodes.ts';
import type { Basis } from '../diff/part.ts';
import { planNetwork, type PlanResult } from './plan.ts';
import type { Views } from './read.ts';
import type { WayBack } from './window/way-back.ts';

/** Reads the nodes after a plan was carried out. */
export type Reread = (plan: Plan) => Promise<Views>;

/** How a plan is settled. */
export interface Settling {
  readonly onEvent: (event: ApplyEvent) => void;
  /** After it is aborted no batch begins. */
  readonly stop?: AbortSignal;
  /** What later rounds may do, as the first one. Absent: anything. */
  readonly allow?: Allowance;
  /** What was done is rolled back after a failure. */
  readonly rollsBack?: boolean;
  /** The most rounds; default: `ROUNDS`. */
  readonly rounds?: number;
  /** Reads what a plan may have changed; by default everything is read. */
  readonly reread?: Reread | undefined;
  /** What need not be compared again, unless it has changed. */
  readonly basis?: Basis;
  /** What the nodes are given before each round. */
  readonly wayBack?: WayBack;
}

/** How settling ended. */
export interface Settled {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** The last reading, and its plan: empty if all changes succeeded. */
  readonly final: PlanResult;
  /** The plans whose batches began, and the batches that succeeded. */
  readonly begun: readonly Plan[];
  readonly done: ReadonlySet<Batch>;
}

/**
 * A round repairs what a change of the round before broke (the kernel deletes a device's routes with its last address).
 * If more rounds than this are needed, another program changes the same objects.
 */
const ROUNDS = 4;

/** Carries a plan out, reads everything again, and repeats until nothing differs. */
export async function settle(
  graph: DesiredGraph,
  shells: Shells,
  first: PlanResult,
  { onEvent, allow, stop, rollsBack = false, rounds = ROUNDS, wayBack, reread, basis }: Settling,
): Promise<Settled> {
  const started = performance.now();
  const begun: Plan[] = [];
  const done = new Set<Batch>();
  let current = first;
  let last: Round = { plan: first.plan, outputs: new Map() };
  const failed = (diagnostics: readonly Diagnostic[]): Settled => {
    return { ok: false, diagnostics, final: current, begun, done };
  };
  const onBatch = (event: ApplyEvent): void => {
    if (event.type === 'batch-done') done.add(event.batch);
    onEvent(event);
  };
  for (let round = 1; ; round += 1) {
    if (hasErrors(current.diagnostics)) return failed(current.diagnostics);
    if (current.plan.changes.length === 0) {
      onEvent({ type: 'settled', rounds: round - 1, milliseconds: performance.now() - started });
      return { ok: true, diagnostics: current.diagnostics, final: current, begun, done };
    }
    if (round > rounds) {
      onEvent({ type: 'unsettled', rounds, plan: current.plan });
      return failed([unsettled(current.plan, last, rounds)]);
    }
    onEvent({ type: 'round-start', round, plan: current.plan });
    const outputs = new Map<Batch, string>();
    const unarmed = (await wayBack?.before(current.plan)) ?? [];
    if (unarmed.length > 0) return failed(unarmed);
    begun.push(current.plan);
    const failures = await execute(current.plan, graph, shells, onBatch, {
      onOutput: (batch, text) => outputs.set(batch, text),
      rollsBack,
      ...(wayBack && { preface: wayBack.preface() }),
      ...(stop && { stop }),
    });
    last = { plan: current.plan, outputs };
    try {
      current = await planNetwork(graph, shells, reread?.(current.plan), basis);
    } catch (error) {
      // A node that cannot be read must not hide what failed before.
      if (!(error instanceof DiagnosticError)) throw error;
      return failed([...failures, ...error.diagnostics]);
    }
    const isStopped = stop?.aborted === true && current.plan.changes.length > 0;
    if (failures.length > 0 || isStopped) return failed(failures);
    const more = furtherDeletions(first, current) ?? (allow && impactRefusal(current.plan, allow));
    const refusals = more ? [more] : allow ? lockOutRefusals(current, allow) : [];
    if (refusals.length > 0) return failed(refusals);
  }
}

/** Later rounds only repair: one that deletes many objects that the first plan kept has misread a node, so it fails. */
function furtherDeletions(first: PlanResult, { plan }: PlanResult): Diagnostic | undefined {
  const announced = new Set(first.plan.changes.map(({ address }) => address));
  const changes = plan.changes.filter(({ address }) => !announced.has(address));
  return guard({ ...plan, changes }, 1, { force: false, allowEmpty: true });
}
