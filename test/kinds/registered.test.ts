import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { MARKS } from '../../src/kinds/marks.ts';
import { KINDS } from '../../src/kinds/registry.ts';

const FOLDER = join(ROOT, 'src/kinds');

/** The folder that is no kind: it builds the field tables of all kinds. */
const NO_KIND = 'fields';

/** Returns the folders of kinds that have this module. */
function foldersWith(module: string): readonly string[] {
  return readdirSync(FOLDER).filter((name) => name !== NO_KIND && existsSync(join(FOLDER, name, module)));
}

/** Returns the folders with this module that have no export in the list. */
async function missing(module: string, list: readonly unknown[]): Promise<readonly string[]> {
  const each = await Promise.all(
    foldersWith(module).map(async (name) => {
      const exported = (await import(join(FOLDER, name, module))) as Readonly<Record<string, unknown>>;
      return Object.values(exported).some((value) => list.includes(value)) ? [] : [name];
    }),
  );
  return each.flat();
}

describe('a folder of src/kinds', () => {
  it('is registered as a kind', async () => {
    expect(foldersWith('index.ts').length).toBe(KINDS.length);
    expect(await missing('index.ts', KINDS)).toEqual([]);
  });

  it('is listed in marks.ts if it has a marks.ts', async () => {
    expect(foldersWith('marks.ts').length).toBe(MARKS.length);
    expect(await missing('marks.ts', MARKS)).toEqual([]);
  });
});
