/** Joins the program and what it imports to one file, and keeps V8's code for it beside. See src/program.ts. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { ROOT } from './paths.mjs';

export const FOLDER = join(ROOT, 'dist/bundle');

/** The single modules stay in dist for scripts that use them; dist/program.js must be there. */
export async function bundle() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const esbuild = await import('esbuild');
  await esbuild.build({
    entryPoints: [join(ROOT, 'src/cli/start.ts')],
    outfile: join(FOLDER, 'netloom.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    define: { 'import.meta.url': 'bundleUrl' },
    banner: {
      js: "(function (exports, require, module, __filename) { const bundleUrl = require('node:url').pathToFileURL(__filename).href;",
    },
    footer: { js: '})' },
  });
  await writeCode();
}

/** All functions are compiled, not only those that run at once: those of a command are the ones that count. */
async function writeCode() {
  const { bundle, CODE } = await import(join(ROOT, 'dist/program.js'));
  setFlagsFromString('--no-lazy');
  const script = bundle();
  // What is written says for which flags it is.
  setFlagsFromString('--lazy');
  writeFileSync(`${CODE}.new`, script.createCachedData());
  renameSync(`${CODE}.new`, CODE);
}
