import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { manPage } from '../package/man.mjs';
import { bundle, FOLDER as BUNDLE, MAIN } from './bundle.mjs';
import { ensureGenerated } from './generated.mjs';
import { ROOT } from './paths.mjs';
import { run } from './run.mjs';

const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, '.built-from');
/** What tsc makes of src/main.ts; the program is the bundle of it. */
const MAIN_MODULE = join(DIST, 'main.js');
const MAN_PAGE = join(DIST, 'netloom.1');

/** What the build depends on besides src. */
const INPUTS = [
  ...['tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json'],
  ...['scripts/lib/bundle.mjs', 'scripts/write-code.mjs'],
  ...['man', 'notices', 'release'].map((name) => `scripts/package/${name}.mjs`),
  'CHANGELOG.md',
];

/** True when dist was built from the sources as they are. */
export function isBuilt() {
  return existsSync(MAIN) && readIfThere(STAMP) === fingerprint();
}

/**
 * Compiles src to dist, unless dist is fresh, and sees to it that `npx netloom` finds it.
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function build() {
  await ensureGenerated();
  let output = '';
  let ok = true;
  if (!isBuilt()) {
    const before = fingerprint();
    const ended = await run([
      process.execPath,
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '-p',
      'tsconfig.build.json',
    ]);
    ok = ended.code === 0 && existsSync(MAIN_MODULE);
    output = ended.code === 0 && !ok ? 'tsc made no dist/main.js\n' : ended.output;
    for (const file of [MAIN_MODULE, `${MAIN_MODULE}.map`]) rmSync(file, { force: true });
    removeOrphans();
    copyPrograms(DIST);
    if (ok) await bundle(before);
    if (ok) writeFileSync(MAN_PAGE, await manPageOfBuild());
    if (ok) writeFileSync(STAMP, before);
    else rmSync(STAMP, { force: true });
  }
  if (existsSync(MAIN)) link();
  return { ok, output };
}

/** The man page of the commands in dist. */
async function manPageOfBuild() {
  const [{ describeCommands }, { notesText }] = await Promise.all(
    ['cli/describe.js', 'cli/help/text.js'].map((file) => import(join(DIST, file))),
  );
  return manPage(describeCommands(), notesText);
}

/** Makes dist/main.cjs a program, and gives it the name `netloom` where npx looks first. */
function link() {
  chmodSync(MAIN, 0o755);
  const folder = join(ROOT, 'node_modules/.bin');
  const target = '../../dist/main.cjs';
  const name = join(folder, 'netloom');
  try {
    if (readlinkSync(name) === target) return;
  } catch {
    // Not there, or not a link.
  }
  mkdirSync(folder, { recursive: true });
  rmSync(name, { force: true });
  symlinkSync(target, name);
}

/** A hash over the names and contents of everything the build reads, and the V8 it is for. */
function fingerprint() {
  const hash = createHash('sha256').update(process.versions.v8);
  const files = [...INPUTS, ...['schemas', 'src', 'topologies'].flatMap(filesBelow)];
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  return hash.digest('hex');
}

/**
 * Puts what is no module beside the modules that read it (src/programs/text.ts); the bundle needs none of it.
 * @param {string} folder
 */
export function copyPrograms(folder) {
  for (const file of filesBelow('src').filter((name) => !/\.(ts|json)$/.test(name))) {
    const to = join(folder, relative('src', file));
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(join(ROOT, file), to);
  }
}

/** Removes from dist what no source makes any more, so that nothing imports a ghost. */
function removeOrphans() {
  if (!existsSync(DIST)) return;
  for (const file of filesBelow('dist')) {
    const match = /^dist\/(.*?)(\.d)?\.(?:js|ts)(?:\.map)?$/.exec(file);
    const source = match === null ? join('src', relative('dist', file)) : `src/${match[1] ?? ''}.ts`;
    const path = join(ROOT, file);
    if (![STAMP, MAN_PAGE, MAIN].includes(path) && !path.startsWith(BUNDLE) && !existsSync(join(ROOT, source)))
      rmSync(path, { force: true });
  }
}

/** Paths of all files below a folder of the clone, sorted, with forward slashes. @param {string} folder */
function filesBelow(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
