import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runProgram } from '../programs/run.ts';
import type { Machine } from './machine.ts';

/** Folders of system commands; an ordinary user's PATH often lacks sbin. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const TIMEOUT_MS = 10_000;

/** How programs are run for an examination. */
export interface MachineOptions {
  /** How long a program may take, in milliseconds; not more than 10 s. */
  readonly limitMs?: number;
  /** Ends what runs. */
  readonly signal?: AbortSignal;
}

/** Returns the machine that netloom runs on. */
export function thisMachine({ limitMs = TIMEOUT_MS, signal }: MachineOptions = {}): Machine {
  const folders = [...new Set([...(process.env['PATH'] ?? '').split(delimiter), ...SYSTEM_FOLDERS])].filter(Boolean);
  return {
    isRoot: process.getuid?.() === 0,
    platform: process.platform,
    nodeVersion: process.versions.node,
    run: (argv) =>
      runProgram(argv, {
        timeoutMs: Math.min(limitMs, TIMEOUT_MS),
        env: { ...process.env, PATH: folders.join(delimiter), LC_ALL: 'C' },
        ...(signal && { signal }),
      }),
    async readText(path) {
      return readFile(path, 'utf8').catch(() => undefined);
    },
    async canWrite(path) {
      if (!(await stat(path).catch(() => undefined))) return undefined;
      return access(path, constants.R_OK | constants.W_OK).then(
        () => true,
        () => false,
      );
    },
    async find(command) {
      for (const folder of folders) {
        const path = join(folder, command);
        const found = await access(path, constants.X_OK).then(
          () => true,
          () => false,
        );
        if (found) return path;
      }
      return undefined;
    },
  };
}
