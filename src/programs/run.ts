import { spawn } from 'node:child_process';

/** How a program of this machine is run. */
export interface RunOptions {
  /** Ends the program with its process group after so many milliseconds. */
  readonly timeoutMs: number;
  /** Ends it as well, and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly stdin?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** The output and the exit code of a program: 127 if it cannot be started, 124 if it was ended after its time. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The name of the signal that ended it. */
  readonly killedBy?: NodeJS.Signals;
  /** It was ended after its time. */
  readonly hung: boolean;
}

/** How long a process that has outlived the program may hold its output open. */
const DRAIN_MS = 200;

/** Runs a program in a process group of its own, so that it can be ended with everything that it starts. */
export function runProgram([file = '', ...args]: readonly string[], options: RunOptions): Promise<RunResult> {
  const { timeoutMs, signal, stdin, env } = options;
  return new Promise((settle, fail) => {
    if (signal?.aborted === true) {
      fail(signal.reason as Error);
      return;
    }
    const child = spawn(file, args, { detached: true, stdio: 'pipe', ...(env && { env }) });
    const output = { stdout: '', stderr: '' };
    let hung = false;
    const kill = (): void => {
      killGroup(child.pid);
    };
    const limit = setTimeout(() => {
      hung = true;
      kill();
    }, timeoutMs);
    const onAbort = (): void => {
      kill();
      done();
      fail(signal?.reason as Error);
    };
    const done = (): void => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', onAbort);
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    };
    const end = (code: number | null, killedBy: NodeJS.Signals | null): void => {
      done();
      const why = `${file} did not end within ${String(timeoutMs / 1000)} s`;
      settle(
        hung
          ? { code: 124, stdout: output.stdout, stderr: `${output.stderr}${why}\n`, hung }
          : { code: code ?? 128, ...output, hung, ...(killedBy && { killedBy }) },
      );
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin ?? '');
    child.once('error', (error) => {
      done();
      settle({ code: 127, stdout: '', stderr: error.message, hung: false });
    });
    child.once('exit', (code, killedBy) => {
      const drained = setTimeout(() => {
        end(code, killedBy);
      }, DRAIN_MS);
      child.once('close', () => {
        clearTimeout(drained);
        end(code, killedBy);
      });
    });
  });
}

/** Kills a process group of this user. */
export function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
