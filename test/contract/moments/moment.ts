import { batchScript, type Runner } from '../../../src/apply/script.ts';
import type { Batch, Plan, Step } from '../../../src/model/plan.ts';

/** A moment of an apply: how much of its plan is done. */
export interface Moment {
  /** The batch at which it is; those before it in the plan are done. */
  readonly batch: number;
  /** How many parts of the batch are done; `running`: it has begun, and goes on by itself. */
  readonly done: number | 'running';
}

/**
 * Returns the parts of a batch between which its node can be seen: the lines of `ip` and `ipset`, the processes and
 * transactions of a script. A namespace is created completely or not at all.
 */
function partsOf(batch: Batch, at: Runner): readonly (readonly Step[])[] {
  if (batch.lane === 'birth') return [batch.steps];
  if (batch.lane === 'sh') return batchScript(batch, at).parts;
  return batch.steps.map((step) => [step]);
}

/** Returns a batch that ends after some of its parts; nothing if that is none of them. */
function beginningOf(batch: Batch, done: number, at: Runner): Batch | undefined {
  const steps = new Set(partsOf(batch, at).slice(0, done).flat());
  return steps.size === 0 ? undefined : { ...batch, steps: batch.steps.filter((step) => steps.has(step)) };
}

/** Returns every moment of a plan, of each batch: before it, after each of its parts, and while it runs. */
export function momentsOf({ batches }: Plan, at: Runner): readonly Moment[] {
  return batches.flatMap((batch, index): Moment[] => {
    const after = Array.from({ length: partsOf(batch, at).length + 1 }, (_, done) => ({ batch: index, done }));
    return [...after, { batch: index, done: 'running' }];
  });
}

/** Returns the text of a script that carries out what of its batch is done at a moment; empty if that is nothing. */
export function scriptUntil(batch: Batch, done: number, at: Runner): string {
  const begun = beginningOf(batch, done, at);
  return begun === undefined ? '' : batchScript(begun, at).text;
}

/** Returns the batches that are done at a moment, the last of them perhaps in part. */
export function batchesUntil({ batches }: Plan, { batch: index, done }: Moment, at: Runner): readonly Batch[] {
  const batch = batches[index];
  const whole = batches.slice(0, index);
  if (batch === undefined || done === 'running') return batches.slice(0, index + 1);
  const begun = beginningOf(batch, done, at);
  return begun === undefined ? whole : [...whole, begun];
}

/** Returns a moment as the reader of a failed test needs it. */
export function momentText({ batches }: Plan, { batch: index, done }: Moment): string {
  const batch = batches[index];
  const where = batch === undefined ? 'the end' : `batch ${String(index)} (${batch.lane} on ${batch.node})`;
  return done === 'running' ? `while ${where} runs` : `after ${String(done)} of ${where}`;
}
