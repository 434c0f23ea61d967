/** Does the same work whenever it was asked for: once for many requests, with a pause between two times. */
export class Pace {
  readonly #work: () => Promise<void>;
  readonly #delayMs: number;
  readonly #pauseMs: number;
  #timer: NodeJS.Timeout | undefined;
  #isWorking = false;
  #isAsked = false;
  #isClosed = false;
  #endedAt = -Infinity;

  /** `delayMs`: how long the first request waits for others. `pauseMs`: from the end of a work to the next. */
  constructor(work: () => Promise<void>, { delayMs, pauseMs }: { readonly delayMs: number; readonly pauseMs: number }) {
    this.#work = work;
    this.#delayMs = delayMs;
    this.#pauseMs = pauseMs;
  }

  /** Has the work done soon, with what is so by then. */
  ask(): void {
    this.#isAsked = true;
    if (this.#isWorking || this.#isClosed || this.#timer !== undefined) return;
    const wait = Math.max(this.#delayMs, this.#endedAt + this.#pauseMs - performance.now());
    this.#timer = setTimeout(() => void this.#begin(), wait);
    this.#timer.unref();
  }

  /** No work begins from now on. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #begin(): Promise<void> {
    this.#timer = undefined;
    this.#isAsked = false;
    this.#isWorking = true;
    await this.#work().finally(() => {
      this.#isWorking = false;
      this.#endedAt = performance.now();
      if (this.#isAsked) this.ask();
    });
  }
}
