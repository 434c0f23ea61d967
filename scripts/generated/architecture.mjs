import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS } from '../layers/folders.mjs';
import { ROOT } from '../lib/paths.mjs';
import { between, formatted, table } from './markdown.mjs';
import { loadSource } from './source.mjs';

const FILE = join(ROOT, 'ARCHITECTURE.md');

/** Returns ARCHITECTURE.md with its tables generated again; the rest is written by hand. */
export async function architecture() {
  const page = readFileSync(FILE, 'utf8');
  return await formatted(FILE, between(between(page, 'layers', layers()), 'ownership', await ownership()));
}

/** Returns the table of what each folder does and may import; the rules come from the same list. */
function layers() {
  const name = (/** @type {string} */ entry) => `\`${entry.endsWith('.ts') ? entry : `${entry}/`}\``;
  return table(
    ['Folder', 'What it does', 'May know'],
    FOLDERS.map(({ folder, does, pure, knows, knowsTypesOf = [] }) => [
      name(folder),
      pure === true ? `${does}. Pure` : does,
      [
        ...(knows.length === 0 ? ['nothing'] : [knows.map(name).join(', ')]),
        ...(knowsTypesOf.length === 0 ? [] : [`types of ${knowsTypesOf.map(name).join(', ')}`]),
      ].join('; '),
    ]),
  );
}

/** Returns the table of how each kind recognises our objects (`Kind.ownership`). */
async function ownership() {
  const { KINDS } = /** @type {{ KINDS: readonly import('../../src/model/kind.ts').Kind[] }} */ (
    await loadSource('src/kinds/registry.ts')
  );
  const { kindWord } = /** @type {typeof import('../../src/model/resource.ts')} */ (
    await loadSource('src/model/resource.ts')
  );
  return table(
    ['Kind', 'Ours by', 'Notes'],
    KINDS.map(({ name, ownership: { ours, notes } }) => [kindWord(name), ours, notes ?? '']),
  );
}
