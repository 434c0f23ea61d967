import type { Command } from 'commander';
import type { Plan } from '../model/plan.ts';
import { EXIT } from './exit.ts';
import { addFlag } from './option.ts';

/** Adds `--detailed-exitcode`. */
export function addDetailedExitcode(command: Command): Command {
  return addFlag(
    command,
    '--detailed-exitcode',
    'exit with 2 if there are changes, with 3 if only foreign objects disturb traffic',
  );
}

/** Returns the exit code that a plan has. */
export function exitCodeOf({ changes, foreign }: Plan, options: { readonly detailedExitcode?: boolean }): number {
  if (options.detailedExitcode !== true) return EXIT.ok;
  if (changes.length > 0) return EXIT.changes;
  return foreign.length > 0 ? EXIT.warnings : EXIT.ok;
}
