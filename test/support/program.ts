import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where a program of src is, from its path there. */
export function programPath(file: string): string {
  return fileURLToPath(new URL(`../../src/${file}`, import.meta.url));
}

/** What a command prints; it must end well and complain of nothing. */
export function printed(argv: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const [command = '', ...args] = argv;
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
  if (status !== 0 || stderr !== '') throw new Error(`${command} ended with ${String(status)}: ${stderr}`);
  return stdout;
}

/** What Perl prints that has the functions of a program of src at hand; the program itself does not run. */
export function perlPrints(file: string, code: string, ...args: readonly string[]): string {
  return printed(['perl', '-we', `require shift; ${code}`, programPath(file), ...args]);
}
