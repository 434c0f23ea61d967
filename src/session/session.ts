import type { UntimedEvent, SessionEvent } from '../model/event.ts';
import type { Engine } from './engine.ts';

/** What a session is made with. */
export interface SessionOptions {
  readonly engine: Engine;
  /** Aborted when the client wants no more of it; what waits then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Called with everything that happens, in order. */
  readonly onEvent: (event: SessionEvent) => void;
  /** The time of an event, in milliseconds since 1970. It must never run back. */
  readonly clock?: () => number;
}

/** What the functions of this folder work with. A client makes one, and hands it to them. */
export interface Session {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** The text of every file read so far, by the name it has in diagnostics: what source frames are cut from. */
  readonly sources: Map<string, string>;
  /** Returns the time in milliseconds since 1970. It never runs back. */
  readonly now: () => number;
  /** Tells the client what happens. Here, and nowhere else, it gets its time. */
  readonly tell: (happening: UntimedEvent) => void;
}

/** A session over an engine. Nothing is opened, read or loaded yet. */
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

/** Time of day that no correction of the machine's clock turns back. */
function steadyClock(): number {
  return performance.timeOrigin + performance.now();
}
