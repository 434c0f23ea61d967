import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';

/** The messages of the project's ESLint configuration about a text in a module of this path. */
async function said(path: string, text: string): Promise<readonly string[]> {
  const { rules } = (await new ESLint({ cwd: ROOT }).calculateConfigForFile(join(ROOT, path))) as Linter.Config;
  const own = { rules: { 'no-restricted-syntax': rules?.['no-restricted-syntax'] ?? 'off' } } as const;
  return new Linter().verify(text, own).map(({ message }) => message);
}

const GUESSED = [
  "const family = cidr.includes(':') ? 6 : 4;",
  'const block = `${address}/32`;',
  "const block = address + '/128';",
  "const address = cidr.replace(/\\/32$/, '');",
];

describe('the meaning of an address text', () => {
  for (const text of GUESSED) {
    it(`is not guessed: ${text}`, async () => {
      for (const path of ['diff/diff', 'kinds/address/index', 'kinds/address/spec', 'kernel/effects/owed']) {
        expect(await said(`src/${path}.ts`, text)).toEqual([expect.stringContaining('src/net/')]);
      }
      expect(await said('src/net/address-text.ts', text)).toEqual([]);
    });
  }

  it('is not checked in other texts', async () => {
    for (const text of ["line.includes(': ');", "words.includes('via');", 'const rule = `-d ${address}/32 -j DNAT`;'])
      expect(await said('src/diff/diff.ts', text)).toEqual([]);
  });
});
