/**
 * What becomes of a session that is asked to stop. `ended`: everything ends. `begun`: the apply stops, and ends by
 * itself. `now`: that ends too, where it is. `later`: the apply goes on to its end.
 */
export type Stopping = 'ended' | 'begun' | 'now' | 'later';

/**
 * The interrupts of a session. Until an apply begins, the first one ends everything. During an apply the first one lets
 * the running batches end and stops the apply, which then rolls back; the second ends everything.
 */
export class Interrupts {
  readonly #end = new AbortController();
  #stop: AbortController | undefined;
  #pending: Error | undefined;
  #reverts = false;

  /** Aborted when everything ends. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /**
   * Asks the session to stop. Returns what becomes of it.
   * @param reason returns the reason with which everything ends
   * @param finishes an apply goes on to its end
   */
  ask(reason: (how: Stopping) => Error, finishes = false): Stopping {
    const stop = this.#stop;
    if (stop === undefined || (stop.signal.aborted && !finishes)) {
      const how = stop === undefined ? 'ended' : 'now';
      this.#end.abort(reason(how));
      return how;
    }
    const how = finishes ? 'later' : 'begun';
    this.#pending ??= reason(how);
    if (!finishes) stop.abort(this.#pending);
    return how;
  }

  /** Begins an apply. Returns the signal that stops it: no batch begins after it. */
  hold(reverts = false): AbortSignal {
    this.#stop ??= new AbortController();
    this.#reverts = reverts;
    return this.#stop.signal;
  }

  /** True while an apply runs that the nodes revert by themselves if it does not end. */
  get reverts(): boolean {
    return this.#reverts;
  }

  /**
   * Ends what `hold` began, when its result was told. If the session was asked to stop meanwhile, everything ends now;
   * returns the reason.
   */
  release(): Error | undefined {
    const reason = this.#pending;
    this.#stop = undefined;
    this.#pending = undefined;
    this.#reverts = false;
    if (reason) this.#end.abort(reason);
    return reason;
  }
}
