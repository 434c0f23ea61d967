import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type IReporterOutput } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';
import config from '../../.dependency-cruiser.mjs';

const folder = mkdtempSync(join(tmpdir(), 'netloom-layering-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Names of the rules that a tree of these files breaks. */
async function broken(name: string, files: Record<string, string>): Promise<string[]> {
  const base = join(folder, name);
  for (const [path, text] of Object.entries({ 'package.json': '{ "dependencies": { "execa": "1" } }', ...files })) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
  const { tsConfig: _, ...options } = config.options ?? {};
  const result: IReporterOutput = await cruise(['src'], {
    ...options,
    baseDir: base,
    validate: true,
    ruleSet: { forbidden: config.forbidden ?? [] },
  });
  if (typeof result.output === 'string') throw new Error(result.output);
  return [...new Set(result.output.summary.violations.map((violation) => violation.rule.name))].sort();
}

const importOf = (path: string): string => `import { x } from '${path}';\nexport const y = x;\n`;
const leaf = 'export const x = 1;\n';

/** The rule, the file that breaks it, what it imports, and where that is (absent: a module of Node). */
const planted: readonly (readonly [rule: string, from: string, specifier: string, to?: string])[] = [
  ['pure-folders-touch-no-machine', 'src/diff/a.ts', 'node:fs'],
  ['pure-folders-touch-no-machine', 'src/kinds/veth/a.ts', 'node:child_process'],
  ['pure-folders-touch-no-machine', 'src/render/a.ts', 'fs/promises'],
  ['pure-folders-touch-no-machine', 'src/plan/a.ts', 'execa', 'node_modules/execa/index.js'],
  ['model-stands-alone', 'src/model/a.ts', '../net/b.ts', 'src/net/b.ts'],
  ['kinds-know-no-topology', 'src/kinds/veth/a.ts', '../../topology/b.ts', 'src/topology/b.ts'],
  ['kinds-know-no-topology', 'src/kinds/veth/a.ts', '../../features/b.ts', 'src/features/b.ts'],
  ['kinds-stay-with-their-own', 'src/kinds/veth/a.ts', '../../apply/b.ts', 'src/apply/b.ts'],
  ['kinds-know-no-other-kind', 'src/kinds/veth/a.ts', '../route/b.ts', 'src/kinds/route/b.ts'],
  ['kernel-knows-no-kind', 'src/kernel/netfilter/a.ts', '../../kinds/route/b.ts', 'src/kinds/route/b.ts'],
  ['features-know-no-kernel', 'src/features/router/a.ts', '../../observe/b.ts', 'src/observe/b.ts'],
  ['features-know-no-kernel', 'src/features/router/a.ts', '../../kinds/veth/b.ts', 'src/kinds/veth/b.ts'],
  ['features-take-the-resolved-topology', 'src/features/router/a.ts', '../../resolve/b.ts', 'src/resolve/b.ts'],
  ['features-take-the-resolved-topology', 'src/features/router/a.ts', '../../compile/b.ts', 'src/compile/b.ts'],
  ['resolve-comes-before-the-features', 'src/resolve/a.ts', '../features/b.ts', 'src/features/b.ts'],
  ['resolve-comes-before-the-features', 'src/resolve/a.ts', '../kernel/links/b.ts', 'src/kernel/links/b.ts'],
  ['topology-comes-first', 'src/topology/a.ts', '../resolve/b.ts', 'src/resolve/b.ts'],
  ['features-know-no-other-feature', 'src/features/router/a.ts', '../dhcp/b.ts', 'src/features/dhcp/b.ts'],
  ['diff-and-plan-know-no-topology', 'src/plan/a.ts', '../topology/b.ts', 'src/topology/b.ts'],
  ['compile-knows-no-machine-and-no-reader', 'src/compile/a.ts', '../diff/b.ts', 'src/diff/b.ts'],
  ['shells-are-for-those-who-touch-nodes', 'src/other/a.ts', '../hosts/b.ts', 'src/hosts/b.ts'],
  ['gc-only-looks', 'src/gc/a.ts', '../apply/b.ts', 'src/apply/b.ts'],
  ['gc-only-looks', 'src/gc/a.ts', '../kinds/veth/b.ts', 'src/kinds/veth/b.ts'],
  ['render-is-pure', 'src/render/a.ts', '../apply/b.ts', 'src/apply/b.ts'],
  ['cli-is-the-top', 'src/watch/a.ts', '../cli/b.ts', 'src/cli/b.ts'],
  ['no-test-in-src', 'src/net/a.ts', '../../test/b.ts', 'test/b.ts'],
  ['resolvable', 'src/net/a.ts', './nowhere.ts'],
];

describe('layering', () => {
  for (const [index, [rule, from, specifier, to]] of planted.entries()) {
    it(`${rule}: ${from} must not import ${specifier}`, async () => {
      const files = { [from]: importOf(specifier), ...(to === undefined ? {} : { [to]: leaf }) };
      expect(await broken(String(index), files)).toEqual([rule]);
    });
  }

  it('no-cycles: two modules must not need each other', async () => {
    const files = { 'src/net/a.ts': importOf('./b.ts'), 'src/net/b.ts': `${importOf('./a.ts')}${leaf}` };
    expect(await broken('cycle', files)).toEqual(['no-cycles']);
  });

  it('sees an import of types alone', async () => {
    const files = {
      'src/kinds/veth/a.ts': "import type { T } from '../../topology/b.ts';\nexport type U = T;\n",
      'src/topology/b.ts': 'export type T = 1;\n',
    };
    expect(await broken('types', files)).toEqual(['kinds-know-no-topology']);
  });

  it('allows what the design allows', async () => {
    const files = {
      'src/kinds/veth/a.ts':
        importOf('../../kernel/links/b.ts') + "import '../../model/m.ts';\nimport '../../net/n.ts';\n",
      'src/kernel/links/b.ts': leaf,
      'src/kinds/registry.ts': importOf('./veth/a.ts').replaceAll('x', 'y').replace('const y', 'const z'),
      'src/model/m.ts': leaf,
      'src/net/n.ts': leaf,
      'src/features/router/a.ts': importOf('../shared/b.ts'),
      'src/features/shared/b.ts':
        "import '../../kinds/veth/spec.ts';\nimport '../../resolve/resolved.ts';\nimport '../../resolve/resolved-security.ts';\n" +
        leaf,
      'src/resolve/resolved.ts': leaf,
      'src/resolve/resolved-security.ts': leaf,
      'src/kinds/veth/spec.ts': leaf,
      'src/apply/a.ts': importOf('../hosts/b.ts') + "import 'node:fs';\n",
      'src/hosts/b.ts': leaf,
    };
    expect(await broken('allowed', files)).toEqual([]);
  });

  it('tests every rule but the one about devDependencies, and every rule says what to do instead', () => {
    const rules = config.forbidden ?? [];
    const tested = new Set([...planted.map(([rule]) => rule), 'no-cycles', 'no-dev-dependency-in-src']);
    expect(rules.map((rule) => rule.name).filter((name) => !tested.has(name ?? ''))).toEqual([]);
    expect(rules.filter((rule) => (rule.comment ?? '').length < 40)).toEqual([]);
  });
});
