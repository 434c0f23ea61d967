import type { WatchEvent } from '../model/event.ts';
import { snapshot, stampsText, worthRunning, type Snapshot } from './snapshot.ts';
import { watchFile, type ChangeSource } from './source.ts';

export interface WatchOptions {
  /** Validates, plans and applies; true when all went well. What it throws ends the watch. */
  readonly run: () => Promise<boolean>;
  /** The files that the last run read beside the file: absolute paths, each with the `fileStamp` that it had when it was read. */
  readonly stamps?: () => ReadonlyMap<string, string>;
  /** Called at the first word of a change, while nothing runs: what it begins has until the file is quiet. It must harm nobody, for a run need not follow. */
  readonly ahead?: () => void;
  readonly onEvent: (event: WatchEvent) => void;
  /** Ends the watch; a run in flight is waited for. */
  readonly signal: AbortSignal;
  /** A save is acted upon when nothing has happened for so long. */
  readonly debounceMs?: number;
  /** For tests: where word of changes comes from. */
  readonly source?: typeof watchFile;
}

/**
 * Runs once, and again whenever the file has been saved, until the signal. A change is only word to look again: the file
 * is read anew, so that no event, however odd the editor, is taken for what it seems. A save during a run is looked at
 * after it. A file that failed is not run again until its text changes.
 */
export async function watch(file: string, options: WatchOptions): Promise<void> {
  const { signal, onEvent, ahead = () => undefined, debounceMs = 150 } = options;
  const word = new Word(debounceMs, ahead);
  const stop = () => {
    word.end();
  };
  signal.addEventListener('abort', stop, { once: true });
  let source: ChangeSource | undefined;
  try {
    const hear = () => {
      word.give();
    };
    source = await (options.source ?? watchFile)(file, hear, (message) => {
      onEvent({ type: 'trouble', message });
    });
    await turns(file, options, word, source);
  } finally {
    signal.removeEventListener('abort', stop);
    word.end();
    await source?.close();
  }
}

async function turns(
  file: string,
  { run, stamps, onEvent, signal }: WatchOptions,
  word: Word,
  source: ChangeSource,
): Promise<void> {
  let others: ReadonlyMap<string, string> = new Map();
  let before: Snapshot | undefined;
  let failed = false;
  let gone = false;
  let number = 0;
  while (!signal.aborted) {
    // Before they are looked at, so that no save is missed. Again at every turn: a folder may be another one since.
    await source.follow([...others.keys()]);
    const now = await snapshot(file, others.keys());
    if (!now && !gone) onEvent({ type: 'gone' });
    gone = !now;
    if (now && worthRunning(now, before, failed)) {
      number += 1;
      onEvent({ type: 'run', number });
      failed = !(await run());
      others = stamps?.() ?? others;
      before = { ...now, others: stampsText(others) };
      onEvent({ type: 'done', number, ok: !failed });
      // They may have been saved since they were read.
      if (others.size > 0) continue;
    }
    await word.next();
  }
}

/** Word that something may have changed, passed on when it has been quiet for a while. Word given meanwhile is kept. */
class Word {
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

  give(): void {
    if (this.#ended) return;
    if (this.#timer === undefined && this.#wake !== undefined) this.#onFirst();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#pending = true;
      this.#wake?.();
    }, this.#quietMs);
  }

  /** Settles at the next word, or at the end. */
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
