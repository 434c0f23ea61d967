import { paint, wantsColour, type Paint } from '../render/colour.ts';

/** The part of a writable stream that is needed; `process.stdout` is one. */
export interface Sink {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): boolean;
}

/** One of the two ways out, with the colours that suit it. */
export interface Channel {
  readonly colours: Paint;
  readonly isTTY: boolean;
  readonly columns: number;
  /** What tables are fitted to: the width of a terminal; infinite elsewhere, where programs read a row per line. */
  readonly tableColumns: number;
  /** Writes text as it is. */
  write(text: string): void;
  /** Writes a line. */
  line(text?: string): void;
}

/** Everything netloom prints goes through here: results to `out`, what a person is told on the way to `err`. */
export interface Output {
  readonly out: Channel;
  readonly err: Channel;
  /** `--no-color` was read: from here on there is none. */
  withoutColour(): void;
}

/** The way out over two streams. */
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
  const isTTY = sink.isTTY === true;
  const coloured = paint(true);
  const plain = paint(false);
  return {
    isTTY,
    columns: sink.columns ?? 80,
    tableColumns: isTTY ? (sink.columns ?? 80) : Infinity,
    get colours() {
      return wantsColour(env, { isTTY }, flag()) ? coloured : plain;
    },
    write(text) {
      if (text !== '') sink.write(text);
    },
    line(text = '') {
      sink.write(`${text}\n`);
    },
  };
}
