import type { Diagnostic } from '../../model/diagnostic.ts';
import type { UntimedEvent } from '../../model/event.ts';
import type { Work } from '../wire/runs.ts';
import { problemsOf } from './problem.ts';

/** The work before the first apply. */
export const NO_WORK: Work = { state: 'idle', at: null, done: 0, total: 0, words: '', diagnostics: [] };

/** Follows the applies of a session, by their events. */
export class WorkLog {
  readonly #now: () => number;
  #work = NO_WORK;
  /** The page asked for it, and tells how it ended. */
  #isOrdered = false;
  /** What follows is the rollback. */
  #isBack = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  get work(): Work {
    return this.#work;
  }

  get isRunning(): boolean {
    return this.#work.state === 'running';
  }

  /** The page asks for an apply. */
  begin(): void {
    this.#isOrdered = true;
    this.#work = { ...NO_WORK, state: 'running', at: this.#now() };
  }

  /** What the page asked for has ended. */
  end(state: 'settled' | 'failed' | 'stale', words: string, diagnostics: readonly Diagnostic[] = []): void {
    this.#isOrdered = false;
    this.#work = { ...this.#work, state, words, diagnostics: problemsOf(diagnostics) };
  }

  /** Takes what an event tells of an apply. Returns whether it told something. */
  hear(event: UntimedEvent): boolean {
    switch (event.type) {
      case 'round-start': {
        this.#isBack &&= this.isRunning;
        const before = this.isRunning ? this.#work : { ...NO_WORK, state: 'running' as const, at: this.#now() };
        this.#work = { ...before, total: before.total + event.plan.batches.length };
        return true;
      }
      case 'batch-done':
        this.#work = { ...this.#work, done: this.#work.done + 1 };
        return this.isRunning;
      case 'rollback-start':
        this.#isBack = true;
        this.#work = { ...this.#work, words: 'It failed, and is rolled back.' };
        return this.isRunning;
      case 'settled': {
        if (this.#isBack) return false;
        const seconds = (event.milliseconds / 1000).toFixed(2);
        return this.#heardEnd('settled', `Applied in ${seconds} s. The network is as in the file.`);
      }
      case 'unsettled':
        return !this.#isBack && this.#heardEnd('failed', 'Something still differs after the apply.');
      case 'rollback-done':
        this.#isBack = false;
        return this.#heardEnd(
          'failed',
          event.ok ? 'It failed; every node is as it was before.' : 'It failed; changes are left.',
        );
      default:
        return false;
    }
  }

  /** An apply that ended without saying so: nothing runs any more. */
  rest(): boolean {
    return this.#heardEnd('failed', 'The apply did not finish.');
  }

  #heardEnd(state: 'settled' | 'failed', words: string): boolean {
    if (!this.isRunning || this.#isOrdered) return false;
    this.#work = { ...this.#work, state, words };
    return true;
  }
}
