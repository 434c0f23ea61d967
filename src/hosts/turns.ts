type Release = () => void;

interface Waiting {
  readonly exclusive: boolean;
  readonly go: () => void;
}

/** A queue, first come, first served: either any number of shared turns run, or one exclusive turn. */
export class Turns {
  readonly #queue: Waiting[] = [];
  #shared = 0;
  #exclusive = false;

  /** Waits for a turn; the returned function ends it. */
  take(exclusive: boolean): Promise<Release> {
    return new Promise((resolve) => {
      this.#queue.push({
        exclusive,
        go: () => {
          resolve(this.#begin(exclusive));
        },
      });
      this.#advance();
    });
  }

  #begin(exclusive: boolean): Release {
    if (exclusive) this.#exclusive = true;
    else this.#shared += 1;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      if (exclusive) this.#exclusive = false;
      else this.#shared -= 1;
      this.#advance();
    };
  }

  #advance(): void {
    for (;;) {
      const next = this.#queue[0];
      if (next === undefined || this.#exclusive || (next.exclusive && this.#shared > 0)) return;
      this.#queue.shift();
      next.go();
    }
  }
}
