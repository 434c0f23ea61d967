import { lstatSync } from 'node:fs';
import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../programs/run.ts';
import { isUnedited } from './text.ts';

/** How long systemctl may take. */
const SYSTEMCTL_MS = 120_000;

/** The systemd of this machine. */
export interface Systemd {
  /** Where its administrator's units are (systemd.unit(5)). */
  readonly folder: string;
  /** Whether it is pid 1 of this machine. */
  readonly runs: boolean;
  /** Runs systemctl. @returns its stderr if it failed */
  systemctl(words: readonly string[]): Promise<string | undefined>;
}

/** The state of a unit file: `ours` was written by netloom and not changed since. */
export type UnitState = 'missing' | 'same' | 'ours' | 'edited';

/** Returns the state of a unit file, `same` if it has exactly this text. */
export async function unitState(folder: string, name: string, text?: string): Promise<UnitState> {
  const found = await readFile(join(folder, name), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return 'missing';
  if (found === text) return 'same';
  return isUnedited(found) ? 'ours' : 'edited';
}

/** Deletes a unit file. */
export async function deleteUnit(folder: string, name: string): Promise<void> {
  await unlink(join(folder, name));
}

/** Returns the systemd of this machine. It runs if sd_booted(3) says so. */
export function thisSystemd(folder = '/run/systemd/system'): Systemd {
  return {
    folder: '/etc/systemd/system',
    runs: isFolder(folder),
    async systemctl(words) {
      const { code, stderr } = await runProgram(['systemctl', ...words], {
        timeoutMs: SYSTEMCTL_MS,
        env: { ...process.env, LC_ALL: 'C' },
      });
      return code === 0 ? undefined : stderr.trim();
    },
  };
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
