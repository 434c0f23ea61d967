import { constants as osConstants } from 'node:os';
import { enterMember, enterTarget } from './entry.ts';
import { targetName, type LabTarget } from './targets.ts';
import { searchPath } from './preflight.ts';
import { shellIn } from './prompt.ts';
import type { LabTopology } from './shape.ts';

/** The output and the exit code of a program that ran in the lab. */
export interface LabRunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program at the user's terminal in a target of the lab. An empty `argv` runs a shell whose prompt names the
 * target.
 * @returns the exit code; 128 + the signal's number if a signal ended the program
 */
export async function labExec(topology: LabTopology, target: LabTarget, argv: readonly string[]): Promise<number> {
  const shell = argv.length > 0 ? { argv, env: {} } : await shellIn(`${topology.doc.name}:${targetName(target)}`);
  const [file = '', ...args] = [...(await enterTarget(topology, target)), ...shell.argv];
  const { execa } = await import('execa');
  // Ctrl-C is for the program, which decides whether to end.
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  try {
    return exitCode(
      await execa(file, args, { stdio: 'inherit', reject: false, env: { PATH: searchPath(), ...shell.env } }),
    );
  } finally {
    process.off('SIGINT', ignore);
  }
}

/** Runs a program in a member of the lab and returns its output. */
export async function labRun(
  topology: LabTopology,
  name: string,
  argv: readonly string[],
  options: { readonly stdin?: string; readonly timeoutMs?: number } = {},
): Promise<LabRunResult> {
  const [file = '', ...args] = [...(await enterMember(topology, name)), ...argv];
  const { execa } = await import('execa');
  const result = await execa(file, args, {
    ...(options.stdin === undefined ? { stdin: 'ignore' } : { input: options.stdin }),
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    reject: false,
    stripFinalNewline: false,
    env: { PATH: searchPath(), LC_ALL: 'C' },
  });
  return { code: exitCode(result), stdout: result.stdout, stderr: result.stderr };
}

function exitCode(result: { readonly exitCode?: number; readonly signal?: NodeJS.Signals }): number {
  if (result.exitCode !== undefined) return result.exitCode;
  return 128 + (result.signal === undefined ? 0 : osConstants.signals[result.signal]);
}
