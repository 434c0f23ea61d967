import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';
import { between, formatted, table } from './markdown.mjs';
import { loadSource } from './source.mjs';

const FILE = join(ROOT, 'ARCHITECTURE.md');

/** ARCHITECTURE.md with its tables printed anew; the rest of it is written by hand. */
export async function architecture() {
  const page = readFileSync(FILE, 'utf8');
  return await formatted(FILE, between(page, 'ownership', await ownership()));
}

/** How each kind tells ours from others': its own words. */
async function ownership() {
  const { KINDS } = /** @type {{ KINDS: readonly import('../../src/model/kind.ts').Kind[] }} */ (
    await loadSource('src/kinds/registry.ts')
  );
  return table(
    ['Kind', 'Ours by', 'Notes'],
    KINDS.map(({ name, ownership: { ours, notes } }) => [name, ours, notes ?? '']),
  );
}
