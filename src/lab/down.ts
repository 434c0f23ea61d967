import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { labError } from './errors.ts';
import type { LabEvent } from '../model/event.ts';
import { holdsLock, isAlive, waitForEnd, withLabsLocked } from './lock.ts';
import { hasStateDir, stateDir } from './state-dir.ts';

const END_SECONDS = 5;

/**
 * Ends a lab: kills its pid 1, and the kernel removes all the rest. Does nothing if the lab is down.
 * @returns true if the lab was up or had left files
 */
export async function labDown(
  name: string,
  options: { readonly onEvent?: (event: LabEvent) => void } = {},
): Promise<boolean> {
  if (!(await hasStateDir(name))) return false;
  return withLabsLocked(async () => {
    const ended = await endLab(name);
    if (ended) options.onEvent?.({ type: 'lab-down', name });
    return ended;
  });
}

/** Ends a lab like `labDown`, for a caller that holds the lock of all labs. */
export async function endLab(name: string): Promise<boolean> {
  if (!(await hasStateDir(name))) return false;
  const alive = await isAlive(name);
  if (alive) {
    const holders = await holdersOf(path.join(stateDir(name), 'lock'));
    for (const pid of holders) kill(pid);
    // The kernel drops the lock first. Pid 1 itself ends after all other processes of the lab.
    const ended = (await waitForEnd(name, END_SECONDS)) && (await Promise.all(holders.map(hasGone))).every(Boolean);
    if (!ended) {
      throw labError({
        code: 'NLL010',
        summary: `The lab ${name} did not end within ${String(END_SECONDS)} s`,
        detail: `Pid ${holders.join(', ')} was killed.`,
      });
    }
  }
  await rm(stateDir(name), { recursive: true, force: true });
  return true;
}

/**
 * Returns the processes that hold the lab's lock: the one in the pid file if it holds the lock, else all that do. No
 * other process is ever killed, because the kernel reuses pids.
 */
async function holdersOf(lock: string): Promise<number[]> {
  const named = Number(await readFile(path.join(path.dirname(lock), 'pid'), 'utf8').catch(() => ''));
  if (named > 1 && (await holdsLock(named, lock))) return [named];
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 1);
  const holding = await Promise.all(pids.map((pid) => holdsLock(pid, lock)));
  return pids.filter((_, index) => holding[index]);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** Waits until a killed process has ended or is a zombie; false after END_SECONDS. */
async function hasGone(pid: number): Promise<boolean> {
  const limit = Date.now() + END_SECONDS * 1000;
  do {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => undefined);
    if (stat === undefined || stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')) return true;
    await sleep(5);
  } while (Date.now() < limit);
  return false;
}
