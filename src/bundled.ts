import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { constants, Script } from 'node:vm';
import type { start } from './cli/start.ts';

/**
 * A command ends before optimised code pays off: V8's compiler would take a fifth of a plan's processor time away from
 * reading the nodes (measured). A long run, such as a watch, is still optimised.
 */
const FLAGS = '--interrupt-budget=1000000';

/** All of netloom in one file: an expression, the function of a CommonJS module. */
export interface Bundle {
  /** Absolute path; the package is two folders above it. In a single executable there is no such file. */
  readonly file: string;
  readonly text: string;
  /** V8's cached code of the text. Only the V8 version that made it accepts it; any other compiles the text. */
  readonly code?: Buffer | undefined;
}

export interface Program {
  readonly start: typeof start;
}

/** Runs a bundle; returns what it exports. */
export function runBundle(bundle: Bundle): Program {
  return runScript(compileBundle(bundle), bundle.file);
}

/** Runs the script of a bundle; returns what it exports. */
export function runScript(script: Script, file: string): Program {
  const module = { exports: {} };
  const run = script.runInThisContext() as (...args: readonly unknown[]) => void;
  run(module.exports, createRequire(file), module, file);
  return module.exports as Program;
}

/**
 * Returns a bundle as a script, not yet run. V8's cached code is valid only with the flags it was made with, so they
 * are set here.
 */
export function compileBundle({ file, text, code }: Bundle): Script {
  setFlagsFromString(FLAGS);
  return new Script(text, {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(code && { cachedData: code }),
  });
}
