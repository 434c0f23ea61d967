import { execFile, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { killGroup } from '../programs/run.ts';
import { labError } from './errors.ts';
import { labsDir, privateDir, stateDir } from './state-dir.ts';

const WAIT_SECONDS = 60;
const BUSY = 75;
/** An flock that does not wait hangs after so many milliseconds. */
const HANGS_MS = 5_000;

/** The mount point of procfs. */
export const PROC = '/proc';

/**
 * True if a process in `proc` has a lab's lock file open as its descriptor 9. The files are compared by device and
 * inode, because the path differs in another root.
 */
export async function holdsLock(pid: number, lock: string, proc = PROC): Promise<boolean> {
  const [held, file] = await Promise.all(
    [`${proc}/${String(pid)}/fd/9`, lock].map((name) => stat(name).catch(() => undefined)),
  );
  return held !== undefined && file !== undefined && held.dev === file.dev && held.ino === file.ino;
}

/**
 * Runs `work` while no other netloom of this user starts, changes or ends a lab. The lock is `flock` on the folder of
 * all labs. A child process that ends with this one holds it. @throws DiagnosticError NLL002 if it stays busy
 */
export async function withLabsLocked<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  signal?.throwIfAborted();
  await privateDir(labsDir());
  const options = ['-w', String(WAIT_SECONDS), '-E', String(BUSY)];
  // In a session of its own: Ctrl-C must not end the process that holds the lock.
  const holder = spawn('flock', [...options, labsDir(), 'sh', '-c', 'echo; read -r _'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => holder.once('close', resolve));
  const onAbort = (): void => {
    killGroup(holder.pid);
  };
  // flock ends by itself, unless it hangs.
  const timer = setTimeout(onAbort, (WAIT_SECONDS + 5) * 1000);
  try {
    signal?.addEventListener('abort', onAbort, { once: true });
    await new Promise<void>((resolve, reject) => {
      holder.stdout.once('data', () => {
        resolve();
      });
      holder.once('error', (error) => {
        reject(noLock(`flock cannot be started: ${error.message}`));
      });
      holder.once('exit', (code) => {
        if (signal?.aborted === true) reject(signal.reason as Error);
        reject(
          noLock(code === BUSY ? `It was busy for ${String(WAIT_SECONDS)} s.` : `flock ended with ${String(code)}.`),
        );
      });
    });
    // From now on the lock is held until the work has ended, also after an abort.
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    return await work();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    holder.stdin.end();
    if (holder.pid !== undefined) await ended;
  }
}

function noLock(detail: string): Error {
  return labError({ code: 'NLL002', summary: `The labs' folder ${labsDir()} cannot be locked`, detail });
}

/** True while a lab runs: its pid 1 holds the lock, and the kernel drops it with the last process of the lab. */
export function isAlive(name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const words = ['-n', '-s', '-E', String(BUSY), path.join(stateDir(name), 'lock'), 'true'];
    execFile('flock', words, { timeout: HANGS_MS, killSignal: 'SIGKILL' }, (error) => {
      if (error?.killed === true) reject(noLock(`flock hangs: it did not end within ${String(HANGS_MS / 1000)} s.`));
      resolve(error !== null && error.code === BUSY);
    });
  });
}

/** Waits until every process of a lab has ended; false after `seconds`. */
export function waitForEnd(name: string, seconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const lock = path.join(stateDir(name), 'lock');
    const limits = { timeout: seconds * 1000 + HANGS_MS, killSignal: 'SIGKILL' } as const;
    execFile('flock', ['-s', '-w', String(seconds), lock, 'true'], limits, (error) => {
      resolve(error === null);
    });
  });
}
