import type { UntimedEvent, SessionEvent } from '../model/event.ts';
import type { Engine } from './engine.ts';

/** What a session needs. */
export interface SessionOptions {
  readonly engine: Engine;
  /** Aborted when the client stops the session; pending calls then reject with the signal's reason. */
  readonly signal: AbortSignal;
  /** Called with every event, in order. */
  readonly onEvent: (event: SessionEvent) => void;
  /** The time of an event, in milliseconds since 1970. It must never run back. */
  readonly clock?: () => number;
}

/** The context of all functions of this folder. A client creates one and passes it to them. */
export interface Session {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** The text of every file read so far, by the name it has in diagnostics: what source frames are cut from. */
  readonly sources: Map<string, string>;
  /** Returns the time in milliseconds since 1970. It never runs back. */
  readonly now: () => number;
  /** Adds the time to an event and reports it to the client. */
  readonly tell: (happening: UntimedEvent) => void;
}

/** Creates a session over an engine. Nothing is opened, read or loaded yet. */
export function createSession({ engine, signal, onEvent, clock = steadyClock }: SessionOptions): Session {
  return {
    engine,
    signal,
    sources: new Map(),
    now: clock,
    tell: (happening) => {
      onEvent({ ...happening, time: clock() });
    },
  };
}

/** Returns the time of day; corrections of the machine's clock do not turn it back. */
function steadyClock(): number {
  return performance.timeOrigin + performance.now();
}
