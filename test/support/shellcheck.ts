import { spawnSync } from 'node:child_process';

/** Returns what shellcheck finds in a script for POSIX sh; empty: nothing. */
export function shellFaults(script: string): string {
  const { error, stdout, stderr } = spawnSync('shellcheck', ['-'], { input: script, encoding: 'utf8' });
  if (error) throw error;
  return stdout + stderr;
}
