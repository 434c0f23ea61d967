type Release = () => void;

interface Waiting {
  readonly alone: boolean;
  readonly go: () => void;
}

/** A queue, first come, first served: either any number of shared turns run, or one exclusive turn. */
export class Turns {
  readonly #queue: Waiting[] = [];
  #shared = 0;
  #alone = false;

  /** Waits for a turn; the returned function ends it. */
  take(alone: boolean): Promise<Release> {
    return new Promise((resolve) => {
      this.#queue.push({
        alone,
        go: () => {
          resolve(this.#begin(alone));
        },
      });
      this.#advance();
    });
  }

  #begin(alone: boolean): Release {
    if (alone) this.#alone = true;
    else this.#shared += 1;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      if (alone) this.#alone = false;
      else this.#shared -= 1;
      this.#advance();
    };
  }

  #advance(): void {
    for (;;) {
      const next = this.#queue[0];
      if (next === undefined || this.#alone || (next.alone && this.#shared > 0)) return;
      this.#queue.shift();
      next.go();
    }
  }
}
