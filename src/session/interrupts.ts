/**
 * What becomes of a session that is asked to stop. `ended`: everything ends. `begun`: the apply stops, and ends by
 * itself. `leaves`: the same, and what it did is left. `now`: that ends too, where it is. `later`: the apply goes on to
 * its end.
 */
export type Stopping = 'ended' | 'begun' | 'leaves' | 'now' | 'later';

/**
 * How an apply that runs is to stop. `back`: it rolls back. `leave`: what it did is left, if `hold` allows that.
 * `finish`: it goes on to its end.
 */
export type Asked = 'back' | 'leave' | 'finish';

/** What an apply allows. */
export interface Holding {
  /** The nodes revert by themselves if it does not end. */
  readonly reverts?: boolean;
  /** What it did may be left: the next run continues from there. */
  readonly leaves?: boolean;
}

/**
 * The interrupts of a session. Until an apply begins, the first one ends everything. During an apply the first one lets
 * the running batches end and stops the apply, which then rolls back, or leaves what it did; the second ends
 * everything.
 */
export class Interrupts {
  readonly #end = new AbortController();
  #stop: AbortController | undefined;
  #pending: Error | undefined;
  #holding: Holding = {};
  #leaves = false;

  /** Aborted when everything ends. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /**
   * Asks the session to stop. Returns what becomes of it.
   * @param reason returns the reason with which everything ends
   */
  ask(reason: (how: Stopping) => Error, asked: Asked = 'back'): Stopping {
    const stop = this.#stop;
    const finishes = asked === 'finish';
    if (stop === undefined || (stop.signal.aborted && !finishes)) {
      const how = stop === undefined ? 'ended' : 'now';
      this.#end.abort(reason(how));
      return how;
    }
    if (asked === 'leave' && this.#holding.leaves === true) this.#leaves = true;
    const how = finishes ? 'later' : this.#leaves ? 'leaves' : 'begun';
    this.#pending ??= reason(how);
    if (!finishes) stop.abort(this.#pending);
    return how;
  }

  /** Begins an apply. Returns the signal that stops it: no batch begins after it. */
  hold(holding: Holding = {}): AbortSignal {
    this.#stop ??= new AbortController();
    this.#holding = holding;
    return this.#stop.signal;
  }

  /** True once the apply that runs was asked to leave what it did. */
  get leaves(): boolean {
    return this.#leaves;
  }

  /** True while an apply runs that the nodes revert by themselves if it does not end. */
  get reverts(): boolean {
    return this.#holding.reverts === true;
  }

  /**
   * Ends what `hold` began, when its result was told. If the session was asked to stop meanwhile, everything ends now;
   * returns the reason.
   */
  release(): Error | undefined {
    const reason = this.#pending;
    this.#stop = undefined;
    this.#pending = undefined;
    this.#holding = {};
    this.#leaves = false;
    if (reason) this.#end.abort(reason);
    return reason;
  }
}
