import { setMaxListeners } from 'node:events';
import { createEngine } from '../session/create-engine.ts';
import type { World } from './context.ts';
import { Interrupted } from './exit.ts';
import { createOutput, type Sink } from './output.ts';
import { fail, run } from './run.ts';

/** Runs the command line of a process and returns its exit code. */
export async function start(process: NodeJS.Process): Promise<number> {
  const { env, stdin, stderr } = process;
  const world: World = {
    output: createOutput(unbreakable(process.stdout), unbreakable(stderr), env),
    env,
    engine: createEngine(),
    signal: stopSignal(process),
    interactive: stdin.isTTY && stderr.isTTY,
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
  await Promise.all([flushed(process.stdout), flushed(stderr)]);
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

/**
 * Returns a sink for a stream whose reader may end early (`netloom plan | head -1`): later output is discarded without
 * an error.
 */
function unbreakable(stream: NodeJS.WriteStream): Sink {
  let broken = false;
  stream.on('error', () => {
    broken = true;
  });
  return {
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
    write: (text) => !broken && !stream.destroyed && stream.write(text),
  };
}

/** Waits until the stream has written its buffer, which would be lost when the process exits. */
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
