import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import config from '../../eslint.config.js';
import { ROOT } from '../../scripts/lib/paths.mjs';

type Block = Linter.Config;

/** The restrictions in a file: `RULE` with each of its entries. */
type Forbidden = ReadonlySet<string>;

const FORBIDDING = /^no-restricted-/;

/** The entries of a rule's options. no-restricted-imports has two lists in one object. */
function entriesOf(options: readonly unknown[]): readonly unknown[] {
  return options.flatMap((option) => {
    const { paths, patterns } = option as { readonly paths?: unknown[]; readonly patterns?: unknown[] };
    return paths || patterns ? [...(paths ?? []), ...(patterns ?? [])] : [option];
  });
}

function forbiddenBy(rules: Block['rules']): Forbidden {
  const all = Object.entries(rules ?? {}).filter(([rule]) => FORBIDDING.test(rule));
  return new Set(
    all.flatMap(([rule, setting]) => {
      const [severity = 'off', ...options] = [setting].flat() as readonly unknown[];
      const isOff = severity === 'off' || severity === 0;
      return isOff ? [] : entriesOf(options).map((entry) => `${rule} ${JSON.stringify(entry)}`);
    }),
  );
}

/** The restrictions of a configuration of only these blocks in a file. */
function forbidding(blocks: readonly Block[]): (path: string) => Promise<Forbidden> {
  const overrideConfig: Block[] = [{ files: ['**/*.ts'] }, ...blocks];
  const eslint = new ESLint({ cwd: ROOT, overrideConfigFile: true, overrideConfig });
  return async (path) => {
    const of = (await eslint.calculateConfigForFile(join(ROOT, path))) as Block | undefined;
    return forbiddenBy(of?.rules);
  };
}

/** Returns the restrictions of one block that all blocks together lack, because a later one sets the same rule. */
function shadows(blocks: readonly Block[]): (path: string) => Promise<readonly string[]> {
  const all = forbidding(blocks);
  const each = blocks
    .filter(({ rules }) => Object.keys(rules ?? {}).some((rule) => FORBIDDING.test(rule)))
    .map((block) => forbidding([block]));
  return async (path) => {
    const remaining = await all(path);
    const wanted = await Promise.all(each.map((forbids) => forbids(path)));
    return wanted.flatMap((one) => [...one]).filter((entry) => !remaining.has(entry));
  };
}

/** One module of each folder of src. Of a kind also its spec.ts, to which other rules apply. */
function modules(): readonly string[] {
  const all = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.gen.ts'))
    .map((path) => `src/${path}`)
    .sort();
  const sort = (path: string): string => path.replace(/[^/]+$/, (name) => (name === 'spec.ts' ? name : ''));
  return [...new Map(all.map((path) => [sort(path), path])).values()];
}

describe('the configuration of ESLint', () => {
  let found: readonly string[];
  beforeAll(async () => {
    const shadowed = shadows(config);
    const each = await Promise.all(
      modules().map(async (path) => (await shadowed(path)).map((entry) => `${path}: ${entry}`)),
    );
    found = each.flat();
  });

  it('has no block that removes a restriction of an earlier one', () => {
    expect(found).toEqual([]);
  });

  it('is reported if it has one', async () => {
    const one = (selector: string): Block => ({
      files: ['src/kernel/**'],
      rules: { 'no-restricted-syntax': ['error', { selector, message: 'no' }] },
    });
    const shadowed = shadows([one('WithStatement'), one('ForInStatement')]);
    expect(await shadowed('src/kernel/links/set.ts')).toEqual([
      'no-restricted-syntax {"selector":"WithStatement","message":"no"}',
    ]);
    expect(await shadowed('src/diff/diff.ts')).toEqual([]);
  });
});
