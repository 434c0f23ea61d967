import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '../session/create-engine.ts';
import type { Engine } from '../session/engine.ts';
import { Interrupts, type Stopping } from '../session/interrupts.ts';
import { BUILD } from './build.ts';
import type { World } from './context.ts';
import { Interrupted } from './exit.ts';
import { createOutput, type Sink } from './output.ts';
import { fail, run } from './run.ts';
import { cacheFolder, stateFolder } from './state-folder.ts';

/** Runs the command line of a process, over the given engine, and returns its exit code. */
export async function start(
  process: NodeJS.Process,
  engine: (real: Engine) => Engine = (real) => real,
): Promise<number> {
  const { env } = process;
  const isRoot = process.geteuid?.() === 0;
  const stdout = unbreakable(() => process.stdout);
  const stderr = unbreakable(() => process.stderr);
  const interrupts = new Interrupts();
  const output = createOutput(stdout, stderr, env);
  listen(process, interrupts, (line) => {
    output.err.line(output.err.colours.yellow(line));
  });
  const world: World = {
    output,
    env,
    engine: engine(createEngine()),
    signal: interrupts.signal,
    state: stateFolder(env, isRoot),
    memory: ownMemory(env, isRoot),
    interrupts,
    // Node.js opens stdin when it is first used: 3 ms (measured).
    interactive() {
      return process.stdin.isTTY && process.stderr.isTTY;
    },
    ask: async (question) => (await import('./ask.ts')).askAt(process)(question),
    decide: async (window) => (await import('./decide.ts')).decideAt(process)(window),
    execInLab: async (topology, target, argv) => (await import('../lab/index.ts')).labExec(topology, target, argv),
    bytes: () => stdout.stream(),
    ownProgram: async () => (await import('./service/own-program.ts')).ownProgram(process),
    systemd: async () => (await import('../service/unit/systemd.ts')).thisSystemd(),
    onHangup(handler) {
      if (isHangupIgnored()) return;
      process.removeAllListeners('SIGHUP');
      process.on('SIGHUP', handler);
    },
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

/** Code that is not built has no memory: nothing tells one version of it from another. */
function ownMemory(env: NodeJS.ProcessEnv, isRoot: boolean): World['memory'] {
  const folder = cacheFolder(env, isRoot);
  return BUILD === undefined || folder === undefined ? undefined : { folder: join(folder, 'plans'), build: BUILD };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const ASKED = { SIGINT: 'back', SIGTERM: 'leave', SIGHUP: 'finish' } as const;

/** How long the batches that run may take to end when a watch is terminated, in milliseconds. */
const LEAVE_MS = 10_000;

/**
 * Asks the session to stop at SIGINT, SIGTERM and SIGHUP. After SIGHUP, when the terminal was closed, an apply goes on
 * to its end; after SIGTERM a watch leaves what it did. A signal after the one that ends everything has no handler, and
 * ends the process.
 */
function listen(process: NodeJS.Process, interrupts: Interrupts, tell: (line: string) => void): void {
  // Each node that is read or changed listens: more than ten are no leak, of which Node.js would warn the user.
  setMaxListeners(0, interrupts.signal);
  const onSignal = (signal: (typeof SIGNALS)[number]): void => {
    const reason = (how: Stopping): Error =>
      new Interrupted(signal, how !== 'now' ? '' : interrupts.reverts ? REVERTS : KEPT);
    const how = interrupts.ask(reason, ASKED[signal]);
    if (how === 'begun') tell(`\nnetloom: ${signal}: the commands that run end first; a second signal stops at once`);
    if (how === 'leaves') {
      tell(`\nnetloom: ${signal}: the commands that run end first, within 10 s; what was done is left`);
      setTimeout(() => {
        if (!interrupts.signal.aborted) onSignal(signal);
      }, LEAVE_MS).unref();
    }
    if (how === 'ended' || how === 'now') for (const each of SIGNALS) process.removeListener(each, onSignal);
  };
  // It decides about an apply (decide.ts). Without a handler it opens the debugger of Node.js, for any user.
  process.on('SIGUSR1', () => undefined);
  // `nohup` has SIGHUP ignored, and a handler would undo that.
  for (const signal of SIGNALS) if (signal !== 'SIGHUP' || !isHangupIgnored()) process.on(signal, onSignal);
}

const KEPT = '; what was done is kept, and the next apply continues from there';
const REVERTS = '; the nodes revert what was done, each by itself';

function isHangupIgnored(): boolean {
  const ignored = /^SigIgn:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${ignored}`) & 1n) !== 0n;
}

/** A sink that can be waited for. */
interface StreamSink extends Sink {
  /** Waits until what was written has left the process: it would be lost when that exits. */
  flushed(): Promise<void>;
  /** Returns the stream itself. A reader that ends is no error of the process. */
  stream(): NodeJS.WriteStream;
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
    stream,
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
