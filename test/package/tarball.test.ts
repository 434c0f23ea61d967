import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../scripts/lib/build.mjs';
import { run } from '../../scripts/lib/run.mjs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string;
  homepage: string;
  bin: Record<string, string>;
  man: readonly string[];
  scripts: Record<string, string>;
};
let files: readonly string[] = [];

beforeAll(async () => {
  expect(await build()).toMatchObject({ ok: true });
  const { code, output } = await run(['npm', 'pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error']);
  expect(code, output).toBe(0);
  files = (JSON.parse(output) as [{ files: { path: string }[] }])[0].files.map(({ path }) => path);
}, 120_000);

describe('the npm tarball', () => {
  it('has the program, its man page, schemas, topologies, licences and the change log', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        ...['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'dist/bundle/LICENSES', 'dist/bundle/netloom.cjs'],
        ...Object.values(manifest.bin),
        ...manifest.man.map((file) => file.replace('./', '')),
        ...readdirSync('schemas').map((name) => `schemas/${name}`),
        ...readdirSync('topologies', { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.yaml'))
          .map((name) => `topologies/${name}`),
      ]),
    );
  });

  it('has nothing else: no source maps, no tests, no sources', () => {
    const other = files.filter(
      (file) =>
        !/^(package\.json|README\.md|LICENSE|CHANGELOG\.md|(schemas|topologies(\/include)?)\/[^/]+\.(json|yaml))$/.test(
          file,
        ) && !/^dist\/(bundle\/(LICENSES|netloom\.cjs(\.[^/]+\.code)?)|main\.cjs|netloom\.1)$/.test(file),
    );
    expect(other).toEqual([]);
  });

  it('has every module that a module in it imports, and needs no other package', () => {
    const modules = files.filter((file) => /\.c?js$/.test(file));
    const imports = modules.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:\bfrom |\bimport\(|\brequire\()["']([^"'()]+)["']/g)].map(
        ([, name = '']) => (name.startsWith('.') ? join(file, '..', name) : name),
      ),
    );
    const missing = imports.filter(
      (name) => !files.includes(name) && !builtinModules.includes(name.replace('node:', '')) && name !== 'node:sea',
    );
    expect(imports.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });

  it('runs no script when it is installed', () => {
    const installing = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(Object.keys(manifest.scripts).filter((name) => installing.includes(name))).toEqual([]);
    expect(files.filter((file) => file.endsWith('binding.gyp'))).toEqual([]);
  });
});

it('one version is in package.json, the lock file and the change log', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    version: string;
    packages: Record<string, { version: string }>;
  };
  expect([lock.version, lock.packages['']?.version]).toEqual([manifest.version, manifest.version]);
  const [, newest] = /^## \[(.+)\] - \d{4}-\d\d-\d\d$/m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
  expect(newest).toBe(manifest.version);
});

it('the id of a schema is its address below the home page', () => {
  for (const name of readdirSync('schemas')) {
    const { $id } = JSON.parse(readFileSync(join('schemas', name), 'utf8')) as { $id: string };
    expect($id).toBe(`${manifest.homepage}schemas/${name}`);
  }
});
