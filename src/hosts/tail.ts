/** Keeps the last bytes of a stream. */
export class Tail {
  readonly #limit: number;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    const all = Buffer.concat([this.#bytes, chunk]);
    this.#bytes = all.subarray(Math.max(0, all.length - this.#limit));
  }

  /** Returns the kept bytes as trimmed text. */
  text(): string {
    return this.#bytes.toString('utf8').trim();
  }
}
