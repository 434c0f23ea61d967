import { constants as osConstants } from 'node:os';
import { LIMIT_MS } from '../hosts/limits.ts';
import { runProgram } from '../programs/run.ts';
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
  options: { readonly stdin?: string; readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<LabRunResult> {
  const [file = '', ...args] = [...(await enterMember(topology, name)), ...argv];
  const { timeoutMs = LIMIT_MS, signal, stdin } = options;
  const { code, stdout, stderr, killedBy } = await runProgram([file, ...args], {
    timeoutMs,
    env: { ...process.env, PATH: searchPath(), LC_ALL: 'C' },
    ...(signal && { signal }),
    ...(stdin !== undefined && { stdin }),
  });
  return { code: killedBy === undefined ? code : exitCode({ signal: killedBy }), stdout, stderr };
}

function exitCode(result: { readonly exitCode?: number; readonly signal?: NodeJS.Signals }): number {
  if (result.exitCode !== undefined) return result.exitCode;
  return 128 + (result.signal === undefined ? 0 : osConstants.signals[result.signal]);
}
