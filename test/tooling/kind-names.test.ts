import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';

const RULES = ['no-restricted-imports', 'no-restricted-syntax'];

/** The rules about names of kinds in the project's ESLint configuration, for a module. */
async function rulesFor(path: string): Promise<Partial<Linter.RulesRecord>> {
  const { rules } = (await new ESLint({ cwd: ROOT }).calculateConfigForFile(join(ROOT, path))) as Linter.Config;
  return Object.fromEntries(Object.entries(rules ?? {}).filter(([rule]) => RULES.includes(rule)));
}

describe('code outside src/kinds does not depend on the name of a kind', () => {
  let outside: readonly Partial<Linter.RulesRecord>[];
  let inside: Partial<Linter.RulesRecord>;
  let spec: Partial<Linter.RulesRecord>;
  beforeAll(async () => {
    outside = await Promise.all(['src/diff/diff.ts', 'src/kernel/links/set.ts'].map(rulesFor));
    inside = await rulesFor('src/kinds/veth/index.ts');
    spec = await rulesFor('src/kinds/veth/spec.ts');
  });

  const said = (text: string, rules: Partial<Linter.RulesRecord>): readonly (string | null)[] =>
    new Linter()
      .verify(text, [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, rules }], 'a.ts')
      .map(({ ruleId }) => ruleId);

  it.each([
    ['no-restricted-imports', "import { VETH } from '../kinds/veth/spec.ts';"],
    ['no-restricted-imports', "import { vethLink, VETH_LINK } from '../../kinds/veth-link/spec.ts';"],
    ['no-restricted-imports', "import { addressOf, kindName } from '../model/resource.ts';"],
    ['no-restricted-syntax', "export const is = kindWord(kind) === 'veth';"],
    ['no-restricted-syntax', "export const is = 'veth' !== kindWord(kind);"],
    ['no-restricted-syntax', "switch (kindWord(kind)) { case 'veth': run(); }"],
    ['no-restricted-syntax', 'export const words = WORDS[kindWord(kind)];'],
    ['no-restricted-syntax', "export const is = ['veth', 'tap'].includes(kindWord(kind));"],
    ['no-restricted-syntax', 'export const is = LINKS.has(kindWord(kind));'],
    ['no-restricted-syntax', "export const is = kindWord(kind).startsWith('ovs-');"],
  ])('%s: %s', (rule, text) => {
    for (const rules of outside) expect(said(text, rules)).toEqual([rule]);
    if (rule === 'no-restricted-syntax') expect(said(text, inside)).toEqual([]);
  });

  it.each([
    "import { netnsRef } from '../kinds/netns/spec.ts';",
    "import { BUILTIN_CHAINS, chain } from '../kinds/chain/spec.ts';",
    "import { addressOf, kindWord } from '../model/resource.ts';",
    'export const text = `${kindWord(kind)} ${name}`;',
    'export const same = kind === other.kind;',
  ])('allowed: %s', (text) => {
    for (const rules of outside) expect(said(text, rules)).toEqual([]);
  });

  it.each([
    "import { NETNS } from '../netns/spec.ts';",
    "import { netnsRef, NETNS as kind } from '../netns/spec.ts';",
    "import * as netns from '../netns/spec.ts';",
    "import { NETNS } from '../../kinds/netns/spec.ts';",
    "export { NETNS } from '../netns/spec.ts';",
  ])('a kind does not use the name of another one: %s', (text) => {
    for (const rules of [inside, spec]) expect(said(text, rules)).toEqual(['no-restricted-imports']);
  });

  it('a kind uses its own name, which its spec.ts defines', () => {
    expect(said("import { VETH, type VethSpec } from './spec.ts';", inside)).toEqual([]);
    expect(said("import { insideNetns } from '../netns/spec.ts';", inside)).toEqual([]);
    const make = "import { kindName } from '../../model/resource.ts';";
    expect(said(make, spec)).toEqual([]);
    expect(said(make, inside)).toEqual(['no-restricted-imports']);
  });
});
