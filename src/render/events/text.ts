import type { ApplyEvent } from '../../model/event.ts';
import type { Batch, Plan } from '../../model/plan.ts';
import { kindWord, type Address } from '../../model/resource.ts';
import { clean } from '../clean.ts';
import { count, cut } from '../columns.ts';
import type { Paint } from '../colour.ts';

/** How far an apply is, and what the objects of its plan are. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly kinds: ReadonlyMap<Address, string>;
}

/** The kinds of the objects of a plan. */
export function kindsOf(plan: Plan): ReadonlyMap<Address, string> {
  return new Map(plan.changes.map((change) => [change.address, kindWord(change.kind)]));
}

/** One event as the lines a person reads; none for what need not be said. */
export function eventLines(event: ApplyEvent, progress: Progress, colours: Paint): readonly string[] {
  switch (event.type) {
    case 'round-start': {
      if (event.round <= 1) return [];
      return [colours.yellow(`Round ${String(event.round)}: ${count(event.plan.changes.length, 'change')} left over.`)];
    }
    case 'batch-start':
      return [];
    case 'batch-done': {
      const time = colours.dim(`${String(Math.round(event.milliseconds))} ms`);
      return [`  ${colours.green('✔')} ${counter(progress)} ${batchText(event.batch, progress)}  ${time}`];
    }
    case 'batch-failed':
      return [`  ${colours.red('✘')} ${counter(progress)} ${batchText(event.batch, progress)}`];
    case 'batch-skipped':
      return [
        colours.dim(
          `  - ${counter(progress)} ${batchText(event.batch, progress)}  skipped, for what it needs has failed`,
        ),
      ];
    case 'settled':
      return [];
    case 'unsettled':
      return [
        colours.red(
          `Not settled after ${count(event.rounds, 'round')}: ${count(event.plan.changes.length, 'change')} left.`,
        ),
      ];
  }
}

/** The line that a terminal shows while an apply of many batches runs; never longer than the terminal is wide. */
export function progressLine(batch: Batch, progress: Progress, columns: number, colours: Paint): string {
  const { done, total } = progress;
  const share = total === 0 ? 1 : done / total;
  const filled = Math.round(share * 20);
  const rest = cut(` ${String(done)}/${String(total)}  ${batchText(batch, progress)}`, Math.max(0, columns - 24));
  return `  ${colours.green('█'.repeat(filled))}${colours.dim('░'.repeat(20 - filled))}${rest}`;
}

/** `controller/qrouter-…: 2 veth, 3 address`. */
function batchText(batch: Batch, { kinds: known }: Progress): string {
  const kinds = new Map<string, Set<string>>();
  for (const step of batch.steps) {
    const kind = known.get(step.address) ?? 'effect';
    kinds.set(kind, (kinds.get(kind) ?? new Set()).add(step.address));
  }
  const parts = [...kinds].map(([kind, addresses]) => `${String(addresses.size)} ${kind}`);
  return clean(`${batch.node}/${batch.netns ?? '-'}: ${parts.join(', ')}`);
}

function counter({ done, total }: Progress): string {
  const all = String(total);
  return `[${String(done).padStart(all.length)}/${all}]`;
}
