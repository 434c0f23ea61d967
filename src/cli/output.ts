import { paint, wantsColour, type Paint } from '../render/colour.ts';

/** The part of a writable stream that netloom uses; `process.stdout` is one. */
export interface Sink {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): boolean;
}

/** One of the two output streams, with its colours. */
export interface Channel {
  readonly colours: Paint;
  readonly isTTY: boolean;
  readonly columns: number;
  /** The width of tables: that of the terminal; infinite without one, because programs read one row per line. */
  readonly tableColumns: number;
  /** Writes text unchanged. */
  write(text: string): void;
  /** Writes a line. */
  line(text?: string): void;
}

/** Everything that netloom prints: results to `out`; diagnostics and progress to `err`. */
export interface Output {
  readonly out: Channel;
  readonly err: Channel;
  /** Turns colour off, for `--no-color`. */
  withoutColour(): void;
}

/** Returns the output that writes to two streams. */
export function createOutput(stdout: Sink, stderr: Sink, env: NodeJS.ProcessEnv): Output {
  let flag: boolean | undefined;
  const out = channel(stdout, env, () => flag);
  const err = channel(stderr, env, () => flag);
  return {
    out,
    err,
    withoutColour() {
      flag = false;
    },
  };
}

function channel(sink: Sink, env: NodeJS.ProcessEnv, flag: () => boolean | undefined): Channel {
  const isTTY = (): boolean => sink.isTTY === true;
  const columns = (): number => sink.columns ?? 80;
  const coloured = paint(true);
  const plain = paint(false);
  return {
    get isTTY() {
      return isTTY();
    },
    get columns() {
      return columns();
    },
    get tableColumns() {
      return isTTY() ? columns() : Infinity;
    },
    get colours() {
      return wantsColour(env, { isTTY: isTTY() }, flag()) ? coloured : plain;
    },
    write(text) {
      if (text !== '') sink.write(text);
    },
    line(text = '') {
      sink.write(`${text}\n`);
    },
  };
}
