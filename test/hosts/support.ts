import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { openShell, type ShellStart } from '../../src/hosts/shell.ts';
import type { Shell, ShellOptions } from '../../src/model/host.ts';

const START: ShellStart = {
  node: 'n',
  description: 'a test',
  rightsHint: '',
  file: 'unshare',
  args: ['-r', '-n', '-m', 'sh', '-c', 'mount -t tmpfs none /run && exec sh'],
};

/** Opens a shell in namespaces of its own, with an empty /run. */
export function openNode(options: ShellOptions = {}): Promise<Shell> {
  return openShell({ ...START, ...options });
}

/** Opens another shell in the namespaces of a shell. */
export function openBeside(shell: Shell, options: ShellOptions = {}): Promise<Shell> {
  return openShell({ ...START, file: 'nsenter', args: [...entrance(shell), 'sh'], ...options });
}

/** The arguments of nsenter for the namespaces of a shell. */
export function entrance({ pid }: Shell): readonly string[] {
  return ['-t', String(pid), '-U', '--preserve-credentials', '-n', '-m'];
}

/** Runs a script in the namespaces of a shell, from outside; returns its output. */
export function inNode(shell: Shell, script: string): string {
  return execFileSync('nsenter', [...entrance(shell), 'sh', '-c', script], { encoding: 'utf8' });
}

/** The pids of processes that have the text as one of their arguments. */
export function pidsWith(text: string): number[] {
  const argumentsOf = (pid: string): string[] => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    } catch {
      return [];
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && argumentsOf(name).includes(text))
    .map(Number);
}
