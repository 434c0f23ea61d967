import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { constants, Script } from 'node:vm';
import type { start } from './cli/start.ts';

/** All of netloom in one file: an expression, the function of a CommonJS module. */
const BUNDLE = fileURLToPath(new URL('./bundle/netloom.cjs', import.meta.url));

/** V8's cached code of the bundle. Only the V8 version that made it accepts it; any other compiles the bundle. */
export const CODE = `${BUNDLE}.code`;

/**
 * A command ends before optimised code pays off: V8's compiler would take a fifth of a plan's processor time away from
 * reading the nodes (measured). A long run, such as a watch, is still optimised.
 */
const FLAGS = '--interrupt-budget=1000000';

interface Program {
  readonly start: typeof start;
}

/**
 * Loads the built program. To find and read some 400 modules would take Node.js 0.15 s, and to compile them 0.05 s
 * more: half of a plan (measured).
 */
export function loadProgram(): Program {
  const module = { exports: {} };
  const run = bundle(existsSync(CODE) ? readFileSync(CODE) : undefined).runInThisContext() as (
    ...args: readonly unknown[]
  ) => void;
  run(module.exports, createRequire(BUNDLE), module, BUNDLE);
  return module.exports as Program;
}

/**
 * Returns the bundle as a script, not yet run. V8's cached code is valid only with the flags it was made with, so they
 * are set here.
 */
export function bundle(cachedData?: Buffer): Script {
  setFlagsFromString(FLAGS);
  return new Script(readFileSync(BUNDLE, 'utf8'), {
    filename: BUNDLE,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData && { cachedData }),
  });
}
