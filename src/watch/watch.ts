import type { DriftReason, WatchEvent } from '../model/event.ts';
import type { Netns } from '../model/resource.ts';
import type { Look } from './look.ts';
import { firstState, step, wakeAt, type Ended, type Input, type Settings, type State } from './machine.ts';
import { snapshot, stampsText, worthRunning, type Snapshot } from './snapshot.ts';
import type { ChangeSource } from './change-source.ts';
import { watchFile } from './source.ts';

export type { Ended, Look };

/** Tells the watch that something was changed in a namespace; `time` is on the clock of the node. */
export type OnSpoken = (node: string, netns: Netns, reason: DriftReason, time: number) => void;

export interface WatchOptions {
  /** Validates, plans and applies the file on all nodes but these. If it throws, the watch ends. */
  readonly run: (work: Work) => Promise<Ended>;
  /** Compares nodes with the file as it was applied, and puts them right. Absent: nothing is kept. */
  readonly check?: (look: Look, work: Work) => Promise<Ended>;
  /**
   * The files that the last run read beside the file: absolute paths, each with the `fileStamp` that it had when it was
   * read.
   */
  readonly stamps?: () => ReadonlyMap<string, string>;
  /**
   * Called at the first event of a save, unless a run is in progress. It starts work for the run that follows when the
   * file is quiet. It must change nothing, because the run may not follow.
   */
  readonly prepare?: () => void;
  /** Called once, with what nodes and people tell the watch. */
  readonly connect?: (told: { readonly spoken: OnSpoken; readonly again: () => void }) => void;
  readonly onEvent: (event: WatchEvent) => void;
  /** Called with every state of the machine. */
  readonly onState?: (state: State) => void;
  /** Ends the watch after the current run. */
  readonly signal: AbortSignal;
  /** A save starts a run when no event has occurred for this time. */
  readonly debounceMs?: number;
  /** How often everything is read; by default never. */
  readonly resyncMs?: number;
  /** Look at the files so often, in place of waiting for events; by default where the file system has none. */
  readonly pollMs?: number;
  /** For tests: the source of events. */
  readonly source?: typeof watchFile;
}

/** What a run or a check is to know. */
export interface Work {
  /** The nodes that are backed off from. */
  readonly without: readonly string[];
  /** Called when something differs, before it is put right. */
  readonly differs: () => void;
}

/**
 * Runs once, and again after every save, until the signal; and between runs looks where nodes say that something has
 * changed. Editors save in many ways, so every event only means that the file is read again. What happens during a run
 * is handled after it.
 */
export async function watch(file: string, options: WatchOptions): Promise<void> {
  const loop = new Loop(file, options);
  await loop.run();
}

/** The machine's clock, timer and hands. */
class Loop {
  readonly #file: string;
  readonly #options: WatchOptions;
  readonly #settings: Settings;
  #state: State = firstState(performance.now());
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #source: ChangeSource | undefined;
  #fail: (error: unknown) => void = () => undefined;
  #ended = false;
  /** The files that the last run read, and what they were. */
  #others: ReadonlyMap<string, string> = new Map();
  #before: Snapshot | undefined;
  #failed = false;
  #missing = false;
  #number = 0;

  constructor(file: string, options: WatchOptions) {
    this.#file = file;
    this.#options = options;
    const { debounceMs = 150, resyncMs = Infinity } = options;
    this.#settings = { saveMs: debounceMs, resyncMs, random: Math.random };
  }

  async run(): Promise<void> {
    const { signal, onEvent, connect } = this.#options;
    const stopped = new Promise<void>((settle, fail) => {
      this.#fail = fail;
      if (signal.aborted) settle();
      signal.addEventListener(
        'abort',
        () => {
          settle();
        },
        { once: true },
      );
    });
    const onSave = (): void => {
      this.#take({ type: 'saved', at: performance.now() });
    };
    const { pollMs } = this.#options;
    try {
      this.#source = await (this.#options.source ?? watchFile)(this.#file, onSave, {
        onError: (message) => {
          onEvent({ type: 'trouble', message });
        },
        ...(pollMs !== undefined && { pollMs }),
      });
      connect?.({
        spoken: (node, netns, reason, time) => {
          this.#take({ type: 'heard', at: performance.now(), node, netns, reason, time });
        },
        again: () => {
          this.#take({ type: 'told', at: performance.now() });
        },
      });
      this.#schedule();
      await stopped;
    } finally {
      this.#ended = true;
      clearTimeout(this.#timer);
      await this.#working;
      await this.#source?.close();
    }
  }

  #take(input: Input): void {
    if (this.#ended) return;
    const { state, effects } = step(this.#state, input, this.#settings);
    this.#state = state;
    this.#options.onState?.(state);
    for (const effect of effects) {
      if (effect.type === 'tell') this.#options.onEvent(effect.event);
      else if (effect.type === 'prepare') this.#options.prepare?.();
      else this.#working = this.#work(effect.look, effect.without);
    }
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const at = wakeAt(this.#state);
    if (at === Infinity || this.#ended) return;
    this.#timer = setTimeout(
      () => {
        this.#take({ type: 'tick', at: performance.now() });
      },
      Math.max(0, at - performance.now()),
    );
  }

  async #work(look: Look, without: readonly string[]): Promise<void> {
    const work: Work = {
      without,
      differs: () => {
        this.#take({ type: 'differs', at: performance.now() });
      },
    };
    try {
      const ran = look.file === undefined ? undefined : await this.#runFile(look, work);
      // The run may have used what was read before a node spoke.
      const isDone = ran !== undefined && (ran.outcome !== 'good' || look.nodes.size === 0);
      const checked = isDone ? undefined : await this.#options.check?.(look, work);
      const ended = checked === undefined || (ran && checked.outcome === 'nothing') ? ran : checked;
      this.#take({ type: 'ended', at: performance.now(), ended: ended ?? { outcome: 'nothing' } });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Runs the file; `undefined` if there is nothing new in it. */
  async #runFile(look: Look, work: Work): Promise<Ended | undefined> {
    const { run, stamps, onEvent } = this.#options;
    // Watched before it is read, so that no save is missed. Repeated every time: a folder may have been replaced.
    await this.#source?.follow([...this.#others.keys()]);
    const now = await snapshot(this.#file, this.#others.keys());
    if (!now && !this.#missing) onEvent({ type: 'gone' });
    this.#missing = !now;
    if (!now || (look.file !== 'forced' && !worthRunning(now, this.#before, this.#failed))) return undefined;
    this.#number += 1;
    const number = this.#number;
    onEvent({ type: 'run', number });
    const ended = await run(work);
    this.#failed = ended.outcome !== 'good';
    this.#others = stamps?.() ?? this.#others;
    this.#before = { ...now, others: stampsText(this.#others) };
    onEvent({ type: 'done', number, ok: !this.#failed });
    if (this.#others.size > 0) {
      // They may have been saved between the run's reading and their watch.
      await this.#source?.follow([...this.#others.keys()]);
      const later = await snapshot(this.#file, this.#others.keys());
      if (later && worthRunning(later, this.#before, this.#failed))
        this.#take({ type: 'saved', at: performance.now() });
    }
    return ended;
  }
}
