/** Joins the program and what it imports to one file, and keeps V8's code for it beside. See src/bundled.ts. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { noticesOf, noticesText } from '../package/notices.mjs';
import { ROOT } from './paths.mjs';
import { run } from './run.mjs';

export const FOLDER = join(ROOT, 'dist/bundle');
const FILE = join(FOLDER, 'netloom.cjs');

/** The program that a shell runs. */
export const MAIN = join(ROOT, 'dist/main.cjs');

/** V8's cached code of the bundle, for this V8 (src/program.ts). */
export const CODE_FILE = `${FILE}.${process.arch}-${process.versions.v8}.code`;

/**
 * Puts the programs for nodes, and the package's files that are read, into a bundle as text.
 * @type {import('esbuild').Plugin}
 */
export const PROGRAMS = { name: 'programs', setup: putIn };

/**
 * The single modules stay in dist for scripts that use them; dist/program.js must be there.
 * @param {string} fingerprint of all sources
 */
export async function bundle(fingerprint) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const esbuild = await import('esbuild');
  await bundleMain(esbuild);
  const { metafile } = await esbuild.build({
    metafile: true,
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, 'src/cli/start.ts')],
    outfile: FILE,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    charset: 'ascii',
    minifyWhitespace: true,
    lineLimit: 120,
    legalComments: 'none',
    plugins: [PROGRAMS, LAZY],
    define: { 'import.meta.url': 'bundleUrl', NETLOOM_BUILD: JSON.stringify(fingerprint) },
    banner: {
      js:
        '(function (exports, require, module, __filename) { const bundleUrl = ' +
        "require('node:url').pathToFileURL(__filename).href;",
    },
    footer: { js: '})' },
  });
  const text = readFileSync(FILE, 'utf8');
  const left = ['programText(', 'packagedText(', 'packagedTexts('].find((call) => text.includes(call));
  if (left !== undefined) {
    throw new Error(`a file would be looked for beside the bundle: src/programs says how to call ${left}…)`);
  }
  writeFileSync(join(FOLDER, 'LICENSES'), noticesText(noticesOf(Object.keys(metafile.inputs))));
  await writeCode();
}

/**
 * Writes dist/main.cjs, which finds and runs the bundle. As a module of CommonJS it starts 5 ms earlier than as an ES
 * module, for which Node.js loads another loader (measured).
 * @param {typeof import('esbuild')} esbuild
 */
async function bundleMain(esbuild) {
  await esbuild.build({
    entryPoints: [join(ROOT, 'src/main.ts')],
    outfile: MAIN,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // An older Node.js can parse it, and print what it prints to such a one.
    target: 'es2017',
    logLevel: 'error',
    define: { 'import.meta.url': 'mainUrl' },
    banner: { js: "'use strict'; const mainUrl = require('url').pathToFileURL(__filename).href;" },
  });
}

const URL_OF = String.raw`new URL\('(\.[^']+)', import\.meta\.url\)`;
const TEXT = new RegExp(String.raw`\b(?:programText|packagedText)\(${URL_OF}\)`, 'g');
const TEXTS = new RegExp(String.raw`\bpackagedTexts\(${URL_OF}, '([^']+)'\)`, 'g');

/** Puts the texts of files in the place of the calls that read them. @param {import('esbuild').PluginBuild} build */
function putIn(build) {
  build.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
    const source = readFileSync(path, 'utf8');
    const read = (/** @type {string} */ file) => readFileSync(join(dirname(path), file), 'utf8');
    const contents = source
      .replace(TEXT, (_, /** @type {string} */ file) => JSON.stringify(read(file)))
      .replace(TEXTS, (_, /** @type {string} */ folder, /** @type {string} */ suffix) => {
        const names = readdirSync(join(dirname(path), folder)).filter((name) => name.endsWith(suffix));
        const texts = names.sort().map((name) => [name.slice(0, -suffix.length), read(join(folder, name))]);
        return `(${JSON.stringify(Object.fromEntries(texts))})`;
      });
    return contents === source ? undefined : { contents, loader: 'ts' };
  });
}

/**
 * Delays what a package loads and seldom uses. commander loads node:child_process for commands that are programs of
 * their own, of which netloom has none: 5 ms (measured).
 * @type {import('esbuild').Plugin}
 */
const LAZY = {
  name: 'lazy',
  setup(build) {
    build.onLoad({ filter: /\/commander\/lib\/command\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace(
        "const childProcess = require('node:child_process');",
        "const childProcess = { get spawn() { return require('node:child_process').spawn; } };",
      );
      if (contents === source) throw new Error(`${path} loads node:child_process in other words`);
      return { contents, loader: 'js' };
    });
  },
};

/**
 * V8 seeds its hash tables at random, and the code holds some: with fixed seeds the same sources make the same bytes.
 */
const SEEDS = ['--hash-seed=1', '--random-seed=1'];

/** Writes V8's code for the bundle, by a process that has just begun: what else a process ran is in its code. */
async function writeCode() {
  const ended = await run([process.execPath, ...SEEDS, join(ROOT, 'scripts/write-code.mjs')]);
  if (ended.code !== 0) throw new Error(`V8's code for the bundle was not written:\n${ended.output}`);
}
