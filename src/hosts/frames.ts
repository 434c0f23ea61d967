/** A report of the node's shell: what it reports on, an exit code, and bytes. */
export interface Frame {
  readonly kind: string;
  readonly id: number;
  readonly code: number;
  readonly payload: Buffer;
}

const NEWLINE = 0x0a;

/**
 * Cuts a byte stream into frames `\n@NONCE KIND ID CODE LENGTH\n` + LENGTH bytes, and skips all other bytes, such as a
 * greeting of the login shell. The nonce is random, so nothing that is printed there can be taken for a frame.
 */
export class FrameReader {
  readonly #marker: Buffer;
  readonly #onFrame: (frame: Frame) => void;
  #rest: Buffer = Buffer.alloc(0);

  constructor(nonce: string, onFrame: (frame: Frame) => void) {
    this.#marker = Buffer.from(`\n@${nonce} `);
    this.#onFrame = onFrame;
  }

  /** Feeds the next bytes of the stream. */
  push(chunk: Buffer): void {
    let buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const start = buffer.indexOf(this.#marker);
      if (start < 0) {
        const keep = partialMarker(buffer, this.#marker);
        this.#rest = buffer.subarray(buffer.length - keep);
        return;
      }
      const end = this.#takeFrame(buffer, start);
      if (end < 0) {
        this.#rest = buffer.subarray(start);
        return;
      }
      buffer = buffer.subarray(end);
    }
  }

  /** Returns where the frame at `start` ends; -1 if it is not complete yet. */
  #takeFrame(buffer: Buffer, start: number): number {
    const head = start + this.#marker.length;
    const newline = buffer.indexOf(NEWLINE, head);
    if (newline < 0) return -1;
    const [kind = '', id, code, length] = buffer.subarray(head, newline).toString('latin1').split(' ');
    const end = newline + 1 + Number(length);
    if (buffer.length < end) return -1;
    this.#onFrame({ kind, id: Number(id), code: Number(code), payload: buffer.subarray(newline + 1, end) });
    return end;
  }
}

/** Returns how many bytes at the end of `buffer` may be the start of the marker. */
function partialMarker(buffer: Buffer, marker: Buffer): number {
  for (let size = Math.min(marker.length - 1, buffer.length); size > 0; size -= 1) {
    if (buffer.subarray(buffer.length - size).equals(marker.subarray(0, size))) return size;
  }
  return 0;
}
