/** Joins the program and what it imports to one file, and keeps V8's code for it beside. See src/program.ts. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { ROOT } from './paths.mjs';

export const FOLDER = join(ROOT, 'dist/bundle');
const FILE = join(FOLDER, 'netloom.cjs');

/** What runs on nodes is put into a bundle as text. @type {import('esbuild').Plugin} */
export const PROGRAMS = { name: 'programs', setup: putIn };

/** The single modules stay in dist for scripts that use them; dist/program.js must be there. */
export async function bundle() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const esbuild = await import('esbuild');
  await esbuild.build({
    entryPoints: [join(ROOT, 'src/cli/start.ts')],
    outfile: FILE,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    plugins: [PROGRAMS],
    define: { 'import.meta.url': 'bundleUrl' },
    banner: {
      js: "(function (exports, require, module, __filename) { const bundleUrl = require('node:url').pathToFileURL(__filename).href;",
    },
    footer: { js: '})' },
  });
  if (readFileSync(FILE, 'utf8').includes('programText(')) {
    throw new Error(
      'a program would be looked for beside the bundle: src/programs/text.ts says how to call programText',
    );
  }
  await writeCode();
}

const CALL = /\bprogramText\(new URL\('(\.\/[^']+)', import\.meta\.url\)\)/g;

/** Puts the texts of programs in the place of the calls that read them. @param {import('esbuild').PluginBuild} build */
function putIn(build) {
  build.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8');
    /** @param {string} _ @param {string} file */
    const textOf = (_, file) => JSON.stringify(readFileSync(join(dirname(path), file), 'utf8'));
    return text.includes('programText(') ? { contents: text.replace(CALL, textOf), loader: 'ts' } : undefined;
  });
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
