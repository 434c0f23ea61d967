import type { ApplyEvent } from '../model/event.ts';
import { eventJson } from '../render/events/json.ts';
import { eventLines, kindsOf, progressLine } from '../render/events/text.ts';
import type { Context } from './context.ts';
import { printJsonLine } from './report.ts';

/** From this many batches on, a terminal shows one line that is written over instead of a line per batch. */
const LIVE_FROM = 24;
const REDRAW_MS = 60;

/** Prints the events of an apply as they come: JSON lines, a line per batch, or one live line on a terminal. */
export function progressPrinter(context: Context): (event: ApplyEvent) => void {
  if (context.json) {
    return (event) => {
      printJsonLine(context, eventJson(event));
    };
  }
  const { err } = context.output;
  let total = 0;
  let done = 0;
  let kinds: ReadonlyMap<string, string> = new Map();
  let drawn = 0;
  const erase = () => {
    err.write('\r\u001b[K');
  };
  return (event) => {
    if (event.type === 'round-start') [total, done, kinds] = [event.plan.batches.length, 0, kindsOf(event.plan)];
    if (event.type === 'batch-done' || event.type === 'batch-skipped') done += 1;
    const live = err.isTTY && total >= LIVE_FROM;
    if (live && event.type === 'batch-start') return;
    if (live && event.type === 'batch-done') {
      if (done < total && Date.now() - drawn < REDRAW_MS) return;
      drawn = Date.now();
      erase();
      err.write(
        progressLine(event.batch, { done, total, kinds }, err.columns, err.colours) + (done === total ? '\n' : ''),
      );
      return;
    }
    if (live) erase();
    for (const line of eventLines(event, { done, total, kinds }, err.colours)) err.line(line);
  };
}
