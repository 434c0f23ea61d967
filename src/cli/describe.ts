import { commandSpecs, type CommandSpec } from './command-spec.ts';
import { createOutput } from './output.ts';
import { createProgram } from './program.ts';

/** Returns every command of netloom, the program itself first. Runs and prints nothing. */
export function describeCommands(): readonly CommandSpec[] {
  const silent = { write: () => true };
  const output = createOutput(silent, silent, {});
  return commandSpecs(createProgram({ output, env: {} }, () => () => Promise.resolve(), ''));
}
