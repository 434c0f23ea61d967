import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { constants, Script } from 'node:vm';
import type { start } from './cli/start.ts';

/** All of netloom in one file, an expression that is a CommonJS module's function. */
const BUNDLE = fileURLToPath(new URL('./bundle/netloom.cjs', import.meta.url));

/** V8's code for it. It is taken by the V8 that made it alone; another compiles the bundle itself. */
export const CODE = `${BUNDLE}.code`;

/**
 * A command is over before optimised code pays: V8's compiler would take a fifth of a plan's processor time from what reads the nodes (measured).
 * What runs for long, such as a watch, is still optimised.
 */
const FLAGS = '--interrupt-budget=1000000';

interface Program {
  readonly start: typeof start;
}

/**
 * The program as it was built. Finding and reading some 400 modules takes node 0.15 s, and compiling them 0.05 s more: half of a plan (measured).
 */
export function loadProgram(): Program {
  const module = { exports: {} };
  const run = bundle(existsSync(CODE) ? readFileSync(CODE) : undefined).runInThisContext() as (
    ...args: readonly unknown[]
  ) => void;
  run(module.exports, createRequire(BUNDLE), module, BUNDLE);
  return module.exports as Program;
}

/** The bundle as a script that has not run. V8's code is for the flags it was made with, so they are set here. */
export function bundle(cachedData?: Buffer): Script {
  setFlagsFromString(FLAGS);
  return new Script(readFileSync(BUNDLE, 'utf8'), {
    filename: BUNDLE,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData && { cachedData }),
  });
}
