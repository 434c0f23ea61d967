import type { ApplyEvent } from '../../model/event.ts';
import type { Batch } from '../../model/plan.ts';
import { count, cut } from '../columns.ts';
import type { Paint } from '../colour.ts';
import { batchText, type PlanObjects } from './objects.ts';

const SKIPPED = 'skipped, because a batch that it needs failed';

/** The progress of an apply, and the objects of its plan. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly objects: PlanObjects;
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
      return [`  ${colours.green('✔')} ${counter(progress)} ${batchText(event.batch, progress.objects)}  ${time}`];
    }
    case 'batch-failed':
      return [`  ${colours.red('✘')} ${counter(progress)} ${batchText(event.batch, progress.objects)}`];
    case 'batch-skipped':
      return [colours.dim(`  - ${counter(progress)} ${batchText(event.batch, progress.objects)}  ${SKIPPED}`)];
    case 'settled':
      return [];
    case 'rollback-start':
      return [colours.yellow(`Rolling back: ${count(event.plan.changes.length, 'change')}.`)];
    case 'rollback-done': {
      if (!event.ok) return [];
      const time = colours.dim(`${(event.milliseconds / 1000).toFixed(2)} s`);
      return [`${colours.green('Rolled back: every node is as it was before.')}  ${time}`];
    }
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
  const rest = cut(
    ` ${String(done)}/${String(total)}  ${batchText(batch, progress.objects)}`,
    Math.max(0, columns - 24),
  );
  return `  ${colours.green('█'.repeat(filled))}${colours.dim('░'.repeat(20 - filled))}${rest}`;
}

function counter({ done, total }: Progress): string {
  const all = String(total);
  return `[${String(done).padStart(all.length)}/${all}]`;
}
