import { existsSync, readFileSync } from 'node:fs';
import { arch, versions } from 'node:process';
import { fileURLToPath } from 'node:url';
import { runBundle, type Bundle, type Program } from './bundled.ts';

const FILE = fileURLToPath(new URL('./bundle/netloom.cjs', import.meta.url));

/** V8's cached code of the bundle. Its name has the V8 version and the processor that accept it; others compile it. */
export const CODE = `${FILE}.${arch}-${versions.v8}.code`;

/**
 * Loads the built program. To find and read some 400 modules would take Node.js 0.15 s, and to compile them 0.05 s
 * more: half of a plan (measured).
 */
export function loadProgram(): Program {
  return runBundle(bundleFile());
}

/**
 * Reads the bundle and, if there is one for this V8, its cached code. The bundle is ASCII: to read 2 MB as UTF-8 would
 * take 6 ms more (measured).
 */
export function bundleFile(): Bundle {
  return { file: FILE, text: readFileSync(FILE, 'latin1'), code: existsSync(CODE) ? readFileSync(CODE) : undefined };
}
