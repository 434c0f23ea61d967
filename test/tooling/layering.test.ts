import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { cruise, type IReporterOutput } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';
import config from '../../.dependency-cruiser.mjs';
import { FOLDERS } from '../../scripts/layers/folders.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'netloom-layering-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Returns the violations in a tree of these files: each import, with its rule. */
async function violations(name: string, files: Record<string, string>) {
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
  return result.output.summary.violations;
}

/** Returns the names of the rules that a tree of these files breaks. */
async function broken(name: string, files: Record<string, string>): Promise<string[]> {
  return [...new Set((await violations(name, files)).map((violation) => violation.rule.name))].sort();
}

const importOf = (path: string): string => `import { x } from '${path}';\nexport const y = x;\n`;
const leaf = 'export const x = 1;\n';

/** The rule, the file that breaks it, what it imports, and where that is (absent: a module of Node). */
const planted: readonly (readonly [rule: string, from: string, specifier: string, to?: string])[] = [
  ['pure-folders-touch-no-machine', 'src/diff/a.ts', 'node:fs'],
  ['pure-folders-touch-no-machine', 'src/kinds/veth/a.ts', 'node:child_process'],
  ['pure-folders-touch-no-machine', 'src/render/a.ts', 'fs/promises'],
  ['pure-folders-touch-no-machine', 'src/plan/a.ts', 'execa', 'node_modules/execa/index.js'],
  ['model-imports-nothing', 'src/model/a.ts', '../net/b.ts', 'src/net/b.ts'],
  ['addresses-are-opaque', 'src/topology/a.ts', '../net/raw/b.ts', 'src/net/raw/b.ts'],
  ['kinds-know-no-topology', 'src/kinds/veth/a.ts', '../../topology/b.ts', 'src/topology/b.ts'],
  ['kinds-know-no-topology', 'src/kinds/veth/a.ts', '../../features/b.ts', 'src/features/b.ts'],
  ['kinds-use-what-kinds-share', 'src/kinds/veth/a.ts', '../../apply/b.ts', 'src/apply/b.ts'],
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
  ['diff-and-plan-know-no-topology', 'src/diff/a.ts', '../kinds/veth/b.ts', 'src/kinds/veth/b.ts'],
  ['compile-knows-no-node-and-no-later-stage', 'src/compile/a.ts', '../diff/b.ts', 'src/diff/b.ts'],
  ['shells-belong-to-code-that-touches-nodes', 'src/other/a.ts', '../hosts/b.ts', 'src/hosts/b.ts'],
  ['hosts-know-no-script', 'src/hosts/a.ts', '../lab/b.ts', 'src/lab/b.ts'],
  ['watch-knows-only-files', 'src/watch/a.ts', '../topology/b.ts', 'src/topology/b.ts'],
  ['plans-are-applied-in-one-place', 'src/session/a.ts', '../apply/b.ts', 'src/apply/b.ts'],
  ['session-serves-any-client', 'src/session/a.ts', '../render/b.ts', 'src/render/b.ts'],
  ['session-knows-no-terminal', 'src/session/a.ts', 'node:readline'],
  ['session-knows-no-terminal', 'src/session/a.ts', 'node:process'],
  ['session-is-for-its-clients', 'src/lab/a.ts', '../session/b.ts', 'src/session/b.ts'],
  ['page-shows-and-asks', 'src/page/a.ts', '../apply/b.ts', 'src/apply/b.ts'],
  ['page-is-for-the-command-line', 'src/session/a.ts', '../page/b.ts', 'src/page/b.ts'],
  ['browser-knows-the-wire', 'src/page/browser/a.ts', '../server/b.ts', 'src/page/server/b.ts'],
  ['server-knows-no-browser', 'src/page/server/a.ts', '../browser/b.ts', 'src/page/browser/b.ts'],
  ['cli-parses-asks-and-prints', 'src/cli/a.ts', '../plan/b.ts', 'src/plan/b.ts'],
  ['gc-only-searches', 'src/gc/a.ts', '../apply/b.ts', 'src/apply/b.ts'],
  ['gc-only-searches', 'src/gc/a.ts', '../kinds/veth/b.ts', 'src/kinds/veth/b.ts'],
  ['gc-only-searches', 'src/gc/a.ts', '../kernel/links/b.ts', 'src/kernel/links/b.ts'],
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

  it('finds an import of types only', async () => {
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
      'src/features/router/a.ts': importOf('../rules/b.ts'),
      'src/features/rules/b.ts':
        "import '../../kinds/veth/spec.ts';\nimport '../../resolve/resolved.ts';\n" +
        "import '../../resolve/resolved-security.ts';\n" +
        leaf,
      'src/resolve/resolved.ts': leaf,
      'src/resolve/resolved-security.ts': leaf,
      'src/kinds/veth/spec.ts': leaf,
      'src/kinds/route/a.ts': importOf('../veth/spec.ts'),
      'src/apply/a.ts': importOf('../hosts/b.ts') + "import 'node:fs';\n",
      'src/hosts/b.ts': leaf,
    };
    expect(await broken('allowed', files)).toEqual([]);
  });

  it('tests every rule except the one about devDependencies, and every rule names the alternative', async () => {
    const rules = config.forbidden ?? [];
    const tested = new Set([...planted.map(([rule]) => rule), 'no-cycles', 'no-dev-dependency-in-src']);
    for (const { rule } of await violations('every', plantedTree(forbiddenPairs))) tested.add(rule.name);
    expect(rules.map((rule) => rule.name).filter((name) => !tested.has(name ?? ''))).toEqual([]);
    expect(rules.filter((rule) => (rule.comment ?? '').length < 40)).toEqual([]);
  });
});

/** Two rows of the table: the importing one and the imported one. */
type Pair = readonly [from: string, to: string];

const pairs = FOLDERS.flatMap(({ folder: from }) => FOLDERS.map(({ folder: to }) => [from, to] as const)).filter(
  ([from, to]) => from !== to,
);
const rowOf = new Map(FOLDERS.map((layer) => [layer.folder, layer]));
const knows = ([from, to]: Pair): boolean => rowOf.get(from)?.knows.includes(to) ?? false;
const knowsTypes = ([from, to]: Pair): boolean => rowOf.get(from)?.knowsTypesOf?.includes(to) ?? false;
const forbiddenPairs = pairs.filter((pair) => !knows(pair));

/**
 * Where the importing half of a pair is, and the imported one. A folder's other modules are in a folder of their own,
 * as a kind's are.
 */
const importerOf = ([from, to]: Pair): string =>
  from.endsWith('.ts') ? `src/${from}` : `src/${from}/own/${to.replace('.', '-')}.ts`;
const importedOf = (to: string): string => (to.endsWith('.ts') ? `src/${to}` : `src/${to}/other/leaf.ts`);

/** Modules that import others: `[from, to]`, each the path of a file. */
function treeOf(imports: readonly (readonly [from: string, to: string])[], types = false): Record<string, string> {
  const files: Record<string, string> = {};
  for (const path of imports.flat()) files[path] = 'export const x = 1;\nexport type T = 1;\n';
  for (const [index, [from, to]] of imports.entries()) {
    const path = relative(dirname(from), to);
    const specifier = path.startsWith('.') ? path : `./${path}`;
    const [a, b] = [`A${String(index)}`, `B${String(index)}`];
    const text = types
      ? `import type { T as ${a} } from '${specifier}';\nexport type ${b} = ${a};\n`
      : `import { x as ${a} } from '${specifier}';\nexport const ${b} = ${a};\n`;
    files[from] = `${files[from] ?? ''}${text}`;
  }
  return files;
}

/** A tree in which the first of each pair imports the second. */
function plantedTree(planting: readonly Pair[], types = false): Record<string, string> {
  return treeOf(
    planting.map((pair) => [importerOf(pair), importedOf(pair[1])]),
    types,
  );
}

/** Returns the violations in a tree, as text, without cycles: a cycle is no violation of a single row. */
async function found(name: string, files: Record<string, string>): Promise<string[]> {
  const all = await violations(name, files);
  return all
    .filter(({ rule }) => rule.name !== 'no-cycles')
    .map(({ from, to }) => `${from} → ${to}`)
    .sort();
}

const written = (expected: readonly Pair[]): string[] =>
  expected.map((pair) => `${importerOf(pair)} → ${importedOf(pair[1])}`).sort();

describe('the table of folders', () => {
  it('has one row for every folder and module of src, and no other', () => {
    const existing = readdirSync(join(ROOT, 'src'));
    expect(FOLDERS.map(({ folder: name }) => name).sort()).toEqual(existing.sort());
    const entries = FOLDERS.flatMap(({ knows: values, knowsTypesOf = [] }) => [...values, ...knowsTypesOf]);
    expect(entries.filter((entry) => !existing.includes(entry.split('/')[0]!))).toEqual([]);
  });

  it('has each row below those that it uses, so that folders have no cycle', () => {
    const order = FOLDERS.map(({ folder: name }) => name);
    const upwards = FOLDERS.flatMap(({ folder: from, knows: values, knowsTypesOf = [] }) =>
      [...values, ...knowsTypesOf]
        .filter((entry) => order.indexOf(entry.split('/')[0]!) >= order.indexOf(from))
        .map((entry) => `${from} uses ${entry}`),
    );
    expect(upwards).toEqual([]);
  });

  it('is enforced: every import that no row allows breaks one rule', async () => {
    expect(await found('forbidden', plantedTree(forbiddenPairs))).toEqual(written(forbiddenPairs));
  });

  it('is enforced for imports of types too, except where a row allows them', async () => {
    const expected = forbiddenPairs.filter((pair) => !knowsTypes(pair));
    expect(await found('types only', plantedTree(forbiddenPairs, true))).toEqual(written(expected));
  });

  it('forbids nothing that a row allows', async () => {
    expect(await found('every allowed', plantedTree(pairs.filter(knows)))).toEqual([]);
    const parts = FOLDERS.flatMap(({ folder: from, knows: entries }) =>
      entries
        .filter((entry) => entry.includes('/'))
        .map((entry) => [importerOf([from, entry.replace(/\W/g, '-')]), `src/${entry.replace('*', 'other')}`] as const),
    );
    expect(await found('parts', treeOf(parts))).toEqual([]);
  });
});
