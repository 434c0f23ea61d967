import type { WatchEvent } from '../model/event.ts';
import { snapshot, stampsText, worthRunning, type Snapshot } from './snapshot.ts';
import { watchFile, type ChangeSource } from './source.ts';

export interface WatchOptions {
  /** Validates, plans and applies; returns true on success. If it throws, the watch ends. */
  readonly run: () => Promise<boolean>;
  /**
   * The files that the last run read beside the file: absolute paths, each with the `fileStamp` that it had when it was
   * read.
   */
  readonly stamps?: () => ReadonlyMap<string, string>;
  /**
   * Called at the first event of a change, unless a run is in progress. It starts work for the run that follows when
   * the file is quiet. It must change nothing, because the run may not follow.
   */
  readonly prepare?: () => void;
  readonly onEvent: (event: WatchEvent) => void;
  /** Ends the watch after the current run. */
  readonly signal: AbortSignal;
  /** A save starts a run when no event has occurred for this time. */
  readonly debounceMs?: number;
  /** For tests: the source of events. */
  readonly source?: typeof watchFile;
}

/**
 * Runs once, and again after every save, until the signal. Editors save in many ways, so every event only means that
 * the file is read again. A save during a run is handled after it. A file that failed is not run again until its
 * text changes.
 */
export async function watch(file: string, options: WatchOptions): Promise<void> {
  const { signal, onEvent, prepare = () => undefined, debounceMs = 150 } = options;
  const debouncer = new Debouncer(debounceMs, prepare);
  const stop = () => {
    debouncer.end();
  };
  signal.addEventListener('abort', stop, { once: true });
  let source: ChangeSource | undefined;
  try {
    const onChange = () => {
      debouncer.notify();
    };
    source = await (options.source ?? watchFile)(file, onChange, (message) => {
      onEvent({ type: 'trouble', message });
    });
    await runLoop(file, options, debouncer, source);
  } finally {
    signal.removeEventListener('abort', stop);
    debouncer.end();
    await source?.close();
  }
}

async function runLoop(
  file: string,
  { run, stamps, onEvent, signal }: WatchOptions,
  debouncer: Debouncer,
  source: ChangeSource,
): Promise<void> {
  let others: ReadonlyMap<string, string> = new Map();
  let before: Snapshot | undefined;
  let failed = false;
  let missing = false;
  let number = 0;
  while (!signal.aborted) {
    // Watched before it is read, so that no save is missed. Repeated every time: a folder may have been replaced.
    await source.follow([...others.keys()]);
    const now = await snapshot(file, others.keys());
    if (!now && !missing) onEvent({ type: 'gone' });
    missing = !now;
    if (now && worthRunning(now, before, failed)) {
      number += 1;
      onEvent({ type: 'run', number });
      failed = !(await run());
      others = stamps?.() ?? others;
      before = { ...now, others: stampsText(others) };
      onEvent({ type: 'done', number, ok: !failed });
      if (others.size > 0) {
        // They may have been saved between the run's reading and their watch.
        await source.follow([...others.keys()]);
        const later = await snapshot(file, others.keys());
        if (later && worthRunning(later, before, failed)) debouncer.notify();
      }
    }
    await debouncer.next();
  }
}

/** Reports a change once no event has occurred for a while. A change during a run is reported after it. */
class Debouncer {
  readonly #quietMs: number;
  readonly #onFirst: () => void;
  #timer: NodeJS.Timeout | undefined;
  #pending = false;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(quietMs: number, onFirst: () => void) {
    this.#quietMs = quietMs;
    this.#onFirst = onFirst;
  }

  notify(): void {
    if (this.#ended) return;
    if (this.#timer === undefined && this.#wake !== undefined) this.#onFirst();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#pending = true;
      this.#wake?.();
    }, this.#quietMs);
  }

  /** Settles at the next event, or at the end. */
  async next(): Promise<void> {
    if (!this.#pending && !this.#ended) {
      await new Promise<void>((settle) => {
        this.#wake = settle;
      });
    }
    this.#wake = undefined;
    this.#pending = false;
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#wake?.();
  }
}
