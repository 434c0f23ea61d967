import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Returns the path of a program of src. */
export function programPath(file: string): string {
  return fileURLToPath(new URL(`../../src/${file}`, import.meta.url));
}

/** Returns the output of a command. Throws if it fails or writes to stderr. */
export function outputOf(argv: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const [command = '', ...args] = argv;
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
  if (status !== 0 || stderr !== '') throw new Error(`${command} ended with ${String(status)}: ${stderr}`);
  return stdout;
}

/** Returns the output of Perl code that can call the functions of a program of src. The program itself does not run. */
export function perlOutput(file: string, code: string, ...args: readonly string[]): string {
  return outputOf(['perl', '-we', `require shift; ${code}`, programPath(file), ...args]);
}
