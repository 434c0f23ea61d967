import { setTimeout as sleep } from 'node:timers/promises';
import type { Netns, Observed } from '../../model/resource.ts';
import type { Shell } from '../../model/host.ts';
import type { Heard, Listener } from '../../observe/listen.ts';
import type { Shells } from '../engine.ts';

/** What the listeners of all nodes tell. */
export interface Told {
  readonly spoken: (node: string, netns: Netns, reason: 'kernel' | 'ended' | 'lost', time: number) => void;
  readonly listening: (node: string, namespaces: number) => void;
  /** The listener of a node has ended: why. It is started again. */
  readonly deaf: (node: string, why: string) => void;
}

/** A node that has not begun to listen by then is read without waiting for it. */
const READY_MS = 2000;
const AGAIN_MS = 1000;

/** A node: its listener, whether that hears already, and the processes that matter with their namespaces. */
interface State {
  listener?: Listener;
  isReady: boolean;
  followed: ReadonlyMap<number, Netns>;
}

/** The listeners of the nodes whose shells are open. */
export class Listeners {
  readonly #told: Told;
  readonly #nodes = new Map<string, State>();
  #generation = 0;

  constructor(told: Told) {
    this.#told = told;
  }

  /** Starts to listen to all nodes; settles when they do. */
  async open(shells: Shells): Promise<void> {
    const generation = (this.#generation += 1);
    await Promise.all([...shells.values()].map((shell) => this.#start(shell, generation)));
  }

  /** Ends to listen: the shells are about to be closed. */
  close(): void {
    this.#generation += 1;
    for (const { listener } of this.#nodes.values()) listener?.end();
    this.#nodes.clear();
  }

  /** From now on the ends of the processes that were seen are told. */
  async follow(observed: readonly Observed[]): Promise<void> {
    if (this.#nodes.size === 0) return;
    const { processesOf } = await import('../../observe/listen.ts');
    for (const [node, state] of this.#nodes) {
      const seen = processesOf(observed.filter((object) => object.node === node));
      const before = [...state.followed.keys()].join(' ');
      state.followed = seen;
      if ([...seen.keys()].join(' ') !== before) state.listener?.follow([...seen.keys()]);
    }
  }

  /** Returns whether a node tells what changes there. */
  hears(node: string): boolean {
    return this.#nodes.get(node)?.isReady === true;
  }

  async #start(shell: Shell, generation: number): Promise<void> {
    const { listen } = await import('../../observe/listen.ts');
    if (generation !== this.#generation) return;
    const { node } = shell;
    const state: State = {
      isReady: false,
      followed: this.#nodes.get(node)?.followed ?? new Map<number, Netns>(),
    };
    let ready = (): void => undefined;
    const begun = new Promise<void>((settle) => {
      ready = settle;
    });
    const listener = listen(shell, (heard) => {
      if (heard.what === 'ready') {
        state.isReady = true;
        ready();
      }
      if (generation === this.#generation) this.#hear(node, heard);
    });
    if (listener === undefined) return;
    state.listener = listener;
    this.#nodes.set(node, state);
    if (state.followed.size > 0) listener.follow([...state.followed.keys()]);
    void listener.ended.then(async (why) => {
      state.isReady = false;
      ready();
      if (generation !== this.#generation) return;
      this.#told.deaf(node, why.trim() || 'it ended');
      await sleep(AGAIN_MS, undefined, { ref: false });
      await this.#start(shell, generation);
      // What happened meanwhile was not heard.
      if (generation === this.#generation) this.#told.spoken(node, null, 'lost', Infinity);
    });
    await Promise.race([begun, sleep(READY_MS, undefined, { ref: false })]);
  }

  #hear(node: string, heard: Heard): void {
    const { spoken, listening } = this.#told;
    switch (heard.what) {
      case 'ready':
        listening(node, heard.namespaces);
        return;
      case 'heard':
        spoken(node, heard.netns, 'kernel', heard.time);
        return;
      case 'lost':
        spoken(node, heard.netns, 'lost', heard.time);
        return;
      case 'came':
      case 'gone':
        // The node itself tells which of its namespaces have a number.
        spoken(node, null, 'kernel', heard.time);
        spoken(node, heard.netns, 'kernel', heard.time);
        return;
      case 'ended':
        spoken(node, null, 'ended', heard.time);
        spoken(node, this.#nodes.get(node)?.followed.get(heard.pid) ?? null, 'ended', heard.time);
    }
  }
}
