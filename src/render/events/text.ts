import type { ApplyEvent } from '../../model/event.ts';
import type { Batch, Plan } from '../../model/plan.ts';
import { kindWord, type Address } from '../../model/resource.ts';
import { clean } from '../clean.ts';
import { count, cut } from '../columns.ts';
import type { Paint } from '../colour.ts';

/** The progress of an apply, and the kinds of the objects of its plan. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly kinds: ReadonlyMap<Address, string>;
}

/** Returns the kinds of the objects of a plan. */
export function kindsOf(plan: Plan): ReadonlyMap<Address, string> {
  return new Map(plan.changes.map((change) => [change.address, kindWord(change.kind)]));
}

/** Returns one event as lines for people; some events have none. */
export function eventLines(event: ApplyEvent, progress: Progress, colours: Paint): readonly string[] {
  switch (event.type) {
    case 'round-start': {
      if (event.round <= 1) return [];
      return [colours.yellow(`Round ${String(event.round)}: ${count(event.plan.changes.length, 'change')} remaining.`)];
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
          `  - ${counter(progress)} ${batchText(event.batch, progress)}  skipped, because a batch that it needs failed`,
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

/** Returns the line that a terminal shows during an apply of many batches; never wider than the terminal. */
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
