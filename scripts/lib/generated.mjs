import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { architecture } from '../generated/architecture.mjs';
import { TOPOLOGY_PAGE, topologyPage } from '../generated/fields.mjs';
import { PICTURES, picture } from '../generated/pictures.mjs';
import { pageFiles, PAGE_SOURCES } from '../generated/page.mjs';
import { operating } from '../generated/operating.mjs';
import { commands } from '../generated/commands.mjs';
import { SCHEMA } from '../generated/schema.mjs';
import { types } from '../generated/types.mjs';
import { validator } from '../generated/validator.mjs';
import { ROOT } from './paths.mjs';

/**
 * A generated file of the clone. A file with `from` is not committed: `ensureGenerated` generates it again when one of
 * these sources has changed.
 * @typedef {{ path: string, text: () => Promise<string>, from?: readonly string[] }} GeneratedFile
 */

/**
 * Every generated file. The types are committed so that a review shows what a change of the schema means to the code.
 * The validator is 9,000 lines of ajv's code.
 * @type {readonly GeneratedFile[]}
 */
export const GENERATED = [
  { path: 'ARCHITECTURE.md', text: architecture },
  { path: 'docs/operating.md', text: operating },
  { path: TOPOLOGY_PAGE, text: topologyPage },
  { path: 'docs/commands.md', text: commands },
  ...PICTURES.map((each) => ({ path: each.path, text: () => picture(each) })),
  { path: 'src/topology/types.gen.ts', text: types },
  {
    path: 'src/topology/validate.gen.ts',
    text: validator,
    from: [SCHEMA, 'scripts/generated/schema.mjs', 'scripts/generated/validator.mjs', 'package-lock.json'],
  },
  { path: 'src/page/files.gen.ts', text: pageFiles, from: PAGE_SOURCES },
];

/** For each generated file that is not committed: digests of its sources and of its text, by path. */
const STAMPS = 'node_modules/.cache/netloom/generated.json';

/**
 * Generates the files that are not committed, unless they exist and neither they nor their sources have changed. Every
 * script that lints, compiles, tests or builds calls it first.
 * @returns {Promise<string[]>} the paths that were generated
 */
export async function ensureGenerated(files = GENERATED, root = ROOT) {
  const stamps = readStamps(join(root, STAMPS));
  const made = [];
  for (const { path, text, from } of files) {
    if (from === undefined) continue;
    const before = digest(...from.map((source) => readFileSync(join(root, source), 'utf8')));
    if (stamps[path] === `${before} ${digest(readIfThere(join(root, path)) ?? '')}`) continue;
    const content = await text();
    replace(join(root, path), content);
    stamps[path] = `${before} ${digest(content)}`;
    made.push(path);
  }
  if (made.length > 0) replace(join(root, STAMPS), JSON.stringify(stamps));
  return made;
}

/** Returns the text that a file should have, and whether it has it. @param {GeneratedFile} file */
export async function compared({ path, text }) {
  const content = await text();
  return { content, fresh: readIfThere(join(ROOT, path)) === content };
}

/**
 * Replaces a file atomically: a concurrent reader gets the old or the new content.
 * @param {string} file
 * @param {string} content
 */
export function replace(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, content);
  renameSync(`${file}.${process.pid}`, file);
}

/** Returns nothing if the file is missing or damaged. @param {string} file @returns {Record<string, string>} */
function readStamps(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {string[]} texts */
function digest(...texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}\0`).update(text);
  return hash.digest('hex');
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
