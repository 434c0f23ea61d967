/** A report of the node's shell: what it reports on, an exit code, and bytes. */
export interface Frame {
  readonly kind: string;
  readonly id: number;
  readonly code: number;
  readonly payload: Buffer;
}

/** Receives frames and the bytes between them, in their order. */
interface FrameSink {
  readonly data: (bytes: Buffer) => void;
  readonly frame: (frame: Frame) => void;
}

const NEWLINE = 0x0a;

/**
 * Cuts a byte stream into frames `\n@NONCE KIND ID CODE LENGTH\n` + LENGTH bytes, and passes on all other bytes as they
 * come. The nonce is random, so nothing a script prints can be taken for a frame.
 */
export class FrameReader {
  readonly #marker: Buffer;
  readonly #sink: FrameSink;
  #rest: Buffer = Buffer.alloc(0);

  constructor(nonce: string, sink: FrameSink) {
    this.#marker = Buffer.from(`\n@${nonce} `);
    this.#sink = sink;
  }

  /** Feeds the next bytes of the stream. */
  push(chunk: Buffer): void {
    let buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const start = buffer.indexOf(this.#marker);
      if (start < 0) {
        const keep = partialMarker(buffer, this.#marker);
        this.#passOn(buffer.subarray(0, buffer.length - keep));
        this.#rest = buffer.subarray(buffer.length - keep);
        return;
      }
      this.#passOn(buffer.subarray(0, start));
      const end = this.#takeFrame(buffer, start);
      if (end < 0) {
        this.#rest = buffer.subarray(start);
        return;
      }
      buffer = buffer.subarray(end);
    }
  }

  #passOn(bytes: Buffer): void {
    if (bytes.length > 0) this.#sink.data(bytes);
  }

  /** Returns where the frame at `start` ends; -1 if it is not complete yet. */
  #takeFrame(buffer: Buffer, start: number): number {
    const head = start + this.#marker.length;
    const newline = buffer.indexOf(NEWLINE, head);
    if (newline < 0) return -1;
    const [kind = '', id, code, length] = buffer.subarray(head, newline).toString('latin1').split(' ');
    const end = newline + 1 + Number(length);
    if (buffer.length < end) return -1;
    this.#sink.frame({ kind, id: Number(id), code: Number(code), payload: buffer.subarray(newline + 1, end) });
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
