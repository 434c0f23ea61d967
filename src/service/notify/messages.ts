import type { SessionEvent } from '../../model/event.ts';

/** Assignments of one message, such as `READY=1`. */
export type Message = readonly string[];

/** Turns the events of a watch into messages of sd_notify(3). */
export interface Messages {
  /** Returns what to tell about an event; `undefined`: nothing. */
  of(event: SessionEvent): Message | undefined;
  /** The file is about to be read again, because of SIGHUP. */
  reloading(monotonicMicroseconds: bigint): Message;
  /** Until the network is right for the first time. */
  readonly starting: boolean;
}

/** Returns the messages of one watch. */
export function createMessages(): Messages {
  let starting = true;
  let reloading = false;
  let gone = false;
  return {
    get starting() {
      return starting;
    },
    reloading(monotonicMicroseconds) {
      // Before READY=1 nothing is loaded, and without a file no run would end the reload.
      if (starting || gone) return ['STATUS=Reading the file again'];
      reloading = true;
      return ['RELOADING=1', `MONOTONIC_USEC=${String(monotonicMicroseconds)}`, 'STATUS=Reading the file again'];
    },
    of(event) {
      if (event.type === 'gone' || event.type === 'run') gone = event.type === 'gone';
      const status = statusOf(event);
      const message = status === undefined ? [] : [`STATUS=${oneLine(status)}`];
      if (event.type === 'done' && (reloading || (starting && event.ok))) {
        // A reload that failed has ended too: the network is kept as the last good file says.
        message.unshift('READY=1');
        reloading = false;
        starting = false;
      }
      return message.length === 0 ? undefined : message;
    },
  };
}

function statusOf(event: SessionEvent): string | undefined {
  switch (event.type) {
    case 'run':
      return `Run ${String(event.number)}: reading the file and the nodes`;
    case 'round-start':
      return event.plan.changes.length === 0 ? undefined : `Applying ${String(event.plan.changes.length)} changes`;
    case 'done':
      return event.ok
        ? `The network is as the file says since ${timeOf(event)}`
        : `Run ${String(event.number)} failed at ${timeOf(event)}; waiting for the file to change`;
    case 'gone':
      return 'The file does not exist; the network stays as it is';
    case 'blocked':
      return `The file has errors (${event.codes.slice(0, 3).join(', ')}); the last good version is kept`;
    case 'unblocked':
      return 'The file is good again';
    case 'standing-still':
      return `Standing still: ${event.why}`;
    case 'drift':
      return `Drift on ${event.node}: ${String(event.objects.length)} objects differ from the file`;
    case 'healed':
      return `The network is as the file says since ${timeOf(event)}`;
    case 'contested':
      return `Another program on ${event.node} changes ${event.name} back again and again`;
    case 'backing-off':
      return `Node ${event.node} is tried again in ${String(event.seconds)} s: ${event.why}`;
    case 'recovered':
      return `Node ${event.node} answers again`;
    default:
      return undefined;
  }
}

function timeOf({ time }: SessionEvent): string {
  return new Date(time).toISOString().replace(/\.\d+/, '');
}

/** A line end would begin another assignment. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 500);
}
