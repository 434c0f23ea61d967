import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { killGroup } from '../programs/run.ts';
import { hostError } from './errors.ts';

/** A program with its three streams, and a promise of its end. */
export interface ShellProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the process has ended and its output was read; never rejects. */
  readonly ended: Promise<string>;
  /** Kills the program with its process group: `nsenter` and `sudo` have a child. */
  kill(): void;
}

/** How long a child of the shell that holds its output open may delay the end. */
const DRAIN_MS = 200;

/**
 * Starts a program in its own session, so that a Ctrl-C at the terminal reaches netloom and not the shell.
 * It ends when its stdin ends, also if this process is killed.
 * @throws DiagnosticError (NLH002) if the program cannot be started
 */
export async function startShellProcess(start: {
  readonly node: string;
  readonly description: string;
  readonly file: string;
  readonly args: readonly string[];
}): Promise<ShellProcess> {
  // Only three streams and an exit code are needed, and a plan would wait 40 ms for execa to load.
  const child = spawn(start.file, start.args, { stdio: 'pipe', detached: true });
  if (child.pid === undefined) {
    const [error] = (await once(child, 'error')) as [Error];
    throw hostError({
      code: 'NLH002',
      node: start.node,
      summary: `Node ${start.node} (${start.description}) cannot be reached: ${start.file} cannot be started`,
      detail: error.message,
    });
  }
  child.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      const done = (): void => {
        clearTimeout(timer);
        child.stdout.destroy();
        child.stderr.destroy();
        child.stdin.destroy();
        resolve(signal === null ? `exit code ${String(code)}` : `killed by ${signal}`);
      };
      const timer = setTimeout(done, DRAIN_MS);
      child.once('close', done);
    });
  });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    kill: () => {
      killGroup(child.pid);
    },
  };
}
