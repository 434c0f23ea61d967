import type { ApplyEvent, SessionEvent } from '../model/event.ts';
import { eventJson, timedLine } from '../render/events/json.ts';
import { objectsOf, type PlanObjects } from '../render/events/objects.ts';
import { eventLines, progressLine } from '../render/events/text.ts';
import { lockLine } from '../render/events/lock.ts';
import { keepLines } from '../render/events/keep.ts';
import { watchLine } from '../render/events/watch.ts';
import { labEventLine } from '../render/lab/event.ts';
import type { Channel, Output } from './output.ts';

/** From this number of batches on, a terminal shows one progress line instead of a line per batch. */
const LIVE_FROM = 24;
const REDRAW_MS = 60;

/** Returns a function that prints each event: as a JSON line, as a line of text, or on a terminal's progress line. */
export function eventPrinter({ out, err }: Output, json: boolean): (event: SessionEvent) => void {
  if (json) {
    return (event) => {
      out.line(JSON.stringify(timedLine(eventJson(event), event.time)));
    };
  }
  return linePrinter(err);
}

function linePrinter(err: Channel): (event: SessionEvent) => void {
  const progress = progressPrinter(err);
  return (event) => {
    switch (event.type) {
      case 'run':
      case 'done':
      case 'gone':
      case 'trouble':
        err.line(watchLine(event, event.file, err.colours));
        return;
      case 'listening':
      case 'drift':
      case 'healed':
      case 'contested':
      case 'backing-off':
      case 'recovered':
      case 'blocked':
      case 'unblocked':
      case 'standing-still':
      case 'resynced':
        for (const line of keepLines(event, event.file, err.colours)) err.line(line);
        return;
      case 'lab-started':
      case 'member-added':
      case 'member-removed':
      case 'cable-added':
      case 'cable-removed':
      case 'switch-started':
      case 'lab-up':
      case 'lab-down':
        err.line(labEventLine(event, err.colours));
        return;
      case 'lock-busy':
        err.line(lockLine(event, err.colours));
        return;
      default:
        progress(event);
    }
  };
}

function progressPrinter(err: Channel): (event: ApplyEvent) => void {
  let total = 0;
  let done = 0;
  let objects: PlanObjects = new Map();
  let drawn = 0;
  const erase = () => {
    err.write('\r\u001b[K');
  };
  return (event) => {
    if (event.type === 'round-start') [total, done, objects] = [event.plan.batches.length, 0, objectsOf(event.plan)];
    if (event.type === 'batch-done' || event.type === 'batch-skipped') done += 1;
    const live = err.isTTY && total >= LIVE_FROM;
    if (live && event.type === 'batch-start') return;
    if (live && event.type === 'batch-done') {
      if (done < total && Date.now() - drawn < REDRAW_MS) return;
      drawn = Date.now();
      erase();
      err.write(
        progressLine(event.batch, { done, total, objects }, err.columns, err.colours) + (done === total ? '\n' : ''),
      );
      return;
    }
    if (live) erase();
    for (const line of eventLines(event, { done, total, objects }, err.colours)) err.line(line);
  };
}
