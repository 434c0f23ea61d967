import type { UntimedEvent } from '../../model/event.ts';
import { clean } from '../../render/clean.ts';
import type { State } from '../../session/watch/onlooker.ts';
import type { Machine, MachineNote } from '../wire/machine.ts';

/** The most notes that are kept. */
const MOST = 20;

/** What the page knows of the watch that it looks through. */
export class MachineLog {
  readonly #task: Machine['task'];
  readonly #now: () => number;
  readonly #hears = new Map<string, number>();
  readonly #why = new Map<string, string>();
  #notes: readonly MachineNote[] = [];
  #state: State | undefined;
  #next = 1;

  constructor(task: Machine['task'], now: () => number) {
    this.#task = task;
    this.#now = now;
  }

  /** Takes what an event tells of the watch. Returns whether it told something. */
  hear(event: UntimedEvent): boolean {
    switch (event.type) {
      case 'listening':
        this.#hears.set(event.node, event.namespaces);
        return true;
      case 'backing-off':
        this.#why.set(event.node, event.why);
        if (event.attempt === 1) this.#note(`${event.node} is left out: ${event.why}`);
        return true;
      case 'recovered':
        this.#note(`${event.node} answers again.`);
        return true;
      case 'contested': {
        const object = `${event.kind} ${event.name} on ${event.node}`;
        const often = `${String(event.times)} times in ${String(event.seconds)} s`;
        this.#note(`Another program changes ${object} back: ${often}. It is left alone until the file changes.`);
        return true;
      }
      case 'standing-still':
        this.#note(`Nothing is changed until the file is saved: ${event.why}.`);
        return true;
      case 'gone':
        this.#note('The file is gone. The network is left as it is until the file is back.');
        return true;
      case 'trouble':
        this.#note(event.message);
        return true;
      default:
        return false;
    }
  }

  /** Takes the state of the watch. */
  stood(state: State): void {
    this.#state = state;
  }

  /** The watch as the page shows it. */
  section(): Machine {
    const { phase = 'settling', blocked = false, failed = new Map() } = this.#state ?? {};
    const clock = this.#now() - performance.now();
    const heard = [...this.#hears].filter(([node]) => !failed.has(node));
    return {
      task: this.#task,
      phase,
      blocked,
      backingOff: [...(this.#state?.failed ?? [])].map(([node, { attempt, at }]) => ({
        node: clean(node),
        attempt,
        at: Math.round(at + clock),
        why: clean(this.#why.get(node) ?? ''),
      })),
      hears: { nodes: heard.length, namespaces: heard.reduce((sum, [, namespaces]) => sum + namespaces, 0) },
      notes: this.#notes,
    };
  }

  #note(text: string): void {
    this.#notes = [{ id: this.#next, at: this.#now(), text: clean(text) }, ...this.#notes].slice(0, MOST);
    this.#next += 1;
  }
}
