import { setMaxListeners } from 'node:events';
import { createEngine } from '../session/create-engine.ts';
import type { Engine } from '../session/engine.ts';
import type { World } from './context.ts';
import { Interrupted } from './exit.ts';
import { createOutput, type Sink } from './output.ts';
import { fail, run } from './run.ts';

/** Runs the command line of a process, over the given engine, and returns its exit code. */
export async function start(
  process: NodeJS.Process,
  engine: (real: Engine) => Engine = (real) => real,
): Promise<number> {
  const { env } = process;
  const stdout = unbreakable(() => process.stdout);
  const stderr = unbreakable(() => process.stderr);
  const world: World = {
    output: createOutput(stdout, stderr, env),
    env,
    engine: engine(createEngine()),
    signal: stopSignal(process),
    // Node.js opens stdin when it is first used: 3 ms (measured).
    interactive() {
      return process.stdin.isTTY && process.stderr.isTTY;
    },
    ask: async (question) => (await import('./ask.ts')).askAt(process)(question),
    execInLab: async (topology, target, argv) => (await import('../lab/index.ts')).labExec(topology, target, argv),
    leaveInterrupts() {
      process.removeAllListeners('SIGINT');
      process.on('SIGINT', () => undefined);
    },
  };
  const crash = new Promise<never>((_, reject) => {
    process.once('uncaughtException', reject);
    process.once('unhandledRejection', reject);
  });
  const code = await Promise.race([run(process.argv.slice(2), world), crash]).catch((error: unknown) =>
    fail(world, error),
  );
  await Promise.all([stdout.flushed(), stderr.flushed()]);
  return code;
}

/** Returns a signal that the first SIGINT or SIGTERM aborts. A second one has no handler and ends the process. */
function stopSignal(process: NodeJS.Process): AbortSignal {
  const stop = new AbortController();
  // Each node that is read or changed listens: more than ten are no leak, of which Node.js would warn the user.
  setMaxListeners(0, stop.signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop.abort(new Interrupted(signal));
    });
  }
  return stop.signal;
}

/** A sink that can be waited for. */
interface StreamSink extends Sink {
  /** Waits until what was written has left the process: it would be lost when that exits. */
  flushed(): Promise<void>;
}

/**
 * Returns a sink for a stream whose reader may end early (`netloom plan | head -1`): later output is discarded without
 * an error. The stream is opened when it is first used, because Node.js loads modules for it: 2 ms (measured).
 */
function unbreakable(open: () => NodeJS.WriteStream): StreamSink {
  let opened: NodeJS.WriteStream | undefined;
  let broken = false;
  const stream = (): NodeJS.WriteStream => {
    opened ??= open().on('error', () => {
      broken = true;
    });
    return opened;
  };
  return {
    get isTTY() {
      return stream().isTTY;
    },
    get columns() {
      return stream().columns;
    },
    write: (text) => !broken && !stream().destroyed && stream().write(text),
    flushed: async () => opened && flushed(opened),
  };
}

async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || stream.writableLength === 0) return;
  await new Promise<void>((settle) => {
    stream.once('error', () => {
      settle();
    });
    stream.write('', () => {
      settle();
    });
  });
}
