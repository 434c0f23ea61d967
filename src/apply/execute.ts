import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { ApplyEvent } from '../model/event.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Shell } from '../model/host.ts';
import type { Batch, Plan } from '../model/plan.ts';
import { failureOf } from './failure.ts';
import { hungBatch } from './hung.ts';
import { batchScript } from './script.ts';

/**
 * A restore waits for the kernel, not for a processor: throughput grows with the number in flight up to about this
 * (measured).
 */
const IN_FLIGHT = 24;

/** Gets what a batch printed although it succeeded: warnings, and refusals that its programs do not count. */
export type OnOutput = (batch: Batch, output: string) => void;

/** Returns lines that a batch's script begins with. */
export type Preface = (batch: Batch) => string;

/** How a plan is carried out. */
export interface Execution {
  readonly onOutput?: OnOutput;
  /** After it is aborted no batch begins. */
  readonly stop?: AbortSignal;
  /** What a failure does: what was done is rolled back, or kept. It is the end of each hint. */
  readonly rollsBack?: boolean;
  readonly preface?: Preface;
}

/**
 * Applies a plan: runs each batch as soon as the batches it waits for have succeeded. Only the batches that wait for a
 * failed one are skipped, and they are reported as skipped, not as failures. After `stop`, and after an abort of the
 * shells, no batch begins; the reason of the abort is thrown when those that run have ended.
 */
export async function execute(
  plan: Plan,
  graph: DesiredGraph,
  shells: ReadonlyMap<string, Shell>,
  onEvent: (event: ApplyEvent) => void,
  { onOutput = () => undefined, stop, rollsBack = false, preface = () => '' }: Execution = {},
): Promise<readonly Diagnostic[]> {
  const failures: Diagnostic[] = [];
  const waits = plan.batches.map((batch) => batch.after.length);
  const next = plan.batches.map((): Batch[] => []);
  for (const batch of plan.batches) for (const before of batch.after) next[before]?.push(batch);
  const skipped = new Set<number>();
  const ready = plan.batches.filter((batch) => batch.after.length === 0);
  const running = new Set<Promise<void>>();
  let thrown: { readonly error: unknown } | undefined;

  const skip = (batch: Batch, because: number): void => {
    for (const after of next[batch.id] ?? []) {
      if (skipped.has(after.id)) continue;
      skipped.add(after.id);
      onEvent({ type: 'batch-skipped', batch: after, because });
      skip(after, because);
    }
  };
  const one = async (batch: Batch): Promise<void> => {
    const started = performance.now();
    onEvent({ type: 'batch-start', batch });
    const ended = await runBatch(batch, { graph, shells, onOutput, stop, rollsBack, preface });
    if (ended === undefined) return;
    const { diagnostics, exitCode } = ended;
    if (diagnostics.length > 0) {
      failures.push(...diagnostics);
      onEvent({ type: 'batch-failed', batch, diagnostics, ...(exitCode !== undefined && { exitCode }) });
      skip(batch, batch.id);
      return;
    }
    onEvent({ type: 'batch-done', batch, milliseconds: performance.now() - started });
    for (const after of next[batch.id] ?? []) {
      const left = (waits[after.id] ?? 1) - 1;
      waits[after.id] = left;
      if (left === 0 && !skipped.has(after.id)) ready.push(after);
    }
  };

  const mayBegin = (): boolean => ready.length > 0 && !thrown && stop?.aborted !== true;

  while (mayBegin() || running.size > 0) {
    while (mayBegin() && running.size < IN_FLIGHT) {
      const batch = ready.shift();
      if (!batch) break;
      const work: Promise<void> = one(batch)
        .catch((error: unknown) => {
          thrown ??= { error };
        })
        .finally(() => running.delete(work));
      running.add(work);
    }
    await Promise.race(running);
  }
  if (thrown) throw thrown.error;
  return failures;
}

interface Running {
  readonly graph: DesiredGraph;
  readonly shells: ReadonlyMap<string, Shell>;
  readonly onOutput: OnOutput;
  readonly stop: AbortSignal | undefined;
  readonly rollsBack: boolean;
  readonly preface: Preface;
}

/** Returns how a batch ended; nothing if it did not begin. */
async function runBatch(
  batch: Batch,
  { graph, shells, onOutput, stop, rollsBack, preface }: Running,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly exitCode?: number } | undefined> {
  const shell = shells.get(batch.node);
  if (!shell) throw new Error(`no shell for node ${batch.node}`);
  try {
    const script = batchScript(batch, shell);
    // It may wait for its turn until after the stop.
    const first = preface(batch);
    // What precedes it is for a shell.
    const direct = first === '' ? script.direct : undefined;
    const result = await shell.job(first + script.text, () => stop?.aborted !== true, direct);
    if (result.begun === false) return undefined;
    // The shells were stopped too: that is told once, by the reason.
    if (result.hung?.why === 'asked' && stop?.aborted === true && result.hung.stuck.length === 0) throw stop.reason;
    if (result.hung) return { diagnostics: [hungBatch(batch, result.hung, rollsBack)] };
    if (result.code !== 0) {
      return { diagnostics: [failureOf(batch, script, result, graph, rollsBack)], exitCode: result.code };
    }
    const output = result.output.trim();
    if (output !== '') onOutput(batch, output);
    return { diagnostics: [] };
  } catch (error) {
    if (error instanceof DiagnosticError) return { diagnostics: error.diagnostics };
    throw error;
  }
}
