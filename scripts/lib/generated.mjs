import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { architecture } from '../generated/architecture.mjs';
import { TOPOLOGY_PAGE, topologyPage } from '../generated/fields.mjs';
import { operating } from '../generated/operating.mjs';
import { commands } from '../generated/commands.mjs';
import { SCHEMA } from '../generated/schema.mjs';
import { types } from '../generated/types.mjs';
import { validator } from '../generated/validator.mjs';
import { ROOT } from './paths.mjs';

/**
 * A file of the clone that a function makes. One that nobody reads is not committed: it says what it is made `from`,
 * and the set-up makes it anew whenever that has changed.
 * @typedef {{ path: string, text: () => Promise<string>, from?: readonly string[] }} GeneratedFile
 */

/**
 * Every generated file. The types are committed because they are read: they are the words of a topology as the code
 * sees them, and what a change of the schema means shows in a review. The validator is 9,000 lines of ajv's code.
 * @type {readonly GeneratedFile[]}
 */
export const GENERATED = [
  { path: 'ARCHITECTURE.md', text: architecture },
  { path: 'docs/operating.md', text: operating },
  { path: TOPOLOGY_PAGE, text: topologyPage },
  { path: 'docs/commands.md', text: commands },
  { path: 'src/topology/types.gen.ts', text: types },
  {
    path: 'src/topology/validate.gen.ts',
    text: validator,
    from: [SCHEMA, 'scripts/generated/schema.mjs', 'scripts/generated/validator.mjs', 'package-lock.json'],
  },
];

/** What the files that are not committed were made from, and what came of it: digests, by path. */
const STAMPS = 'node_modules/.cache/netloom/generated.json';

/**
 * Makes the files that are not committed, unless they are there and fresh: neither what they are made from nor they
 * themselves have changed since. Everything that lints, compiles, tests or builds comes by here first.
 * @returns {Promise<string[]>} those that were made
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

/** Whether a file is what its function makes, and what that is. @param {GeneratedFile} file */
export async function compared({ path, text }) {
  const content = await text();
  return { content, fresh: readIfThere(join(ROOT, path)) === content };
}

/**
 * Writes a file as a whole: who reads it meanwhile sees the old one or the new one.
 * @param {string} file
 * @param {string} content
 */
export function replace(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, content);
  renameSync(`${file}.${process.pid}`, file);
}

/** None where the file is missing or torn. @param {string} file @returns {Record<string, string>} */
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
