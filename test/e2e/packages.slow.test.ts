import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/run.mjs';

const SUPPORT = join(ROOT, 'test/e2e/support');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const TARBALL = join(ROOT, `packages/netloom-${version}.tgz`);
/** Visible in the throw-away root as /mnt. */
const shared = mkdtempSync(join(tmpdir(), 'netloom-packages-'));

/** Runs a program, which must succeed, and returns its output. */
async function ok(argv: readonly string[], options?: Parameters<typeof run>[1]): Promise<string> {
  const { code, output } = await run(argv, options);
  expect(code, `${argv.join(' ')}\n${output}`).toBe(0);
  return output;
}

/** Runs a program on this host's files without this clone. It changes none of them. */
async function inThrowAwayRoot(...argv: readonly string[]): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), 'netloom-root-'));
  const become = process.geteuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  try {
    const script = join(SUPPORT, 'throw-away-root.sh');
    return await ok(['unshare', ...become, '--mount', 'sh', script, work, ROOT, shared, ...argv]);
  } finally {
    rmSync(work, { recursive: true });
  }
}

const WITHOUT_NODE = `set -e
for each in node nodejs npm npx; do rm -f "/usr/local/bin/$each" "/usr/bin/$each" "/bin/$each"; done
if command -v node; then exit 1; fi
exec "$@"`;

beforeAll(async () => {
  await ok(['npm', 'run', 'package'], { limit: 580_000 });
  for (const script of ['try-out.sh', 'install-and-purge.sh'])
    copyFileSync(join(SUPPORT, script), join(shared, script));
  copyFileSync(join(ROOT, 'packages', `netloom-${version}-linux-${process.arch}`), join(shared, 'netloom'));
  const architecture = (await ok(['dpkg', '--print-architecture'])).trim();
  copyFileSync(join(ROOT, 'packages', `netloom_${version}_${architecture}.deb`), join(shared, 'netloom.deb'));
}, 600_000);

afterAll(() => {
  rmSync(shared, { recursive: true });
});

describe('the npm tarball', () => {
  const codeFiles = (folder: string): Promise<string> =>
    ok(['find', '.', '-name', '*.code', '-size', '+0'], { cwd: folder });

  it('is built by `npm pack` in a clean clone, with the same files', async () => {
    const clone = join(shared, 'clone');
    try {
      for (const file of (await ok(['git', 'ls-files', '-co', '--exclude-standard', '-z'])).split('\0')) {
        if (file === '') continue;
        mkdirSync(dirname(join(clone, file)), { recursive: true });
        cpSync(join(ROOT, file), join(clone, file));
      }
      // What `npm ci` would install. Only the links to programs and the cache are written to.
      await ok(['cp', '-al', join(ROOT, 'node_modules'), join(clone, 'node_modules')]);
      rmSync(join(clone, 'node_modules/.cache'), { recursive: true, force: true });
      await ok(['npm', 'pack', '--pack-destination', shared], { cwd: clone });
      const [packed, released] = [join(shared, 'packed'), join(shared, 'released')];
      for (const [tarball, folder] of [
        [join(shared, `netloom-${version}.tgz`), packed],
        [TARBALL, released],
      ] as const) {
        mkdirSync(folder);
        await ok(['tar', '-xzf', tarball, '-C', folder]);
      }
      // V8 writes its cached code with other bytes in some builds.
      expect(await ok(['diff', '-r', '--exclude=*.code', packed, released])).toBe('');
      expect(await codeFiles(packed)).toEqual(await codeFiles(released));
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  });

  it('works outside a clone after it is installed', async () => {
    const prefix = join(shared, 'prefix');
    mkdirSync(prefix);
    await ok(['npm', 'install', '--global', '--prefix', prefix, '--prefer-offline', '--omit=dev', TARBALL], {
      cwd: shared,
    });
    const output = await inThrowAwayRoot('sh', '/mnt/try-out.sh', '/mnt/prefix/bin/netloom');
    expect(output).toContain('No changes.');
    expect(output).toContain('3 of 3 as expected.');
    expect(readFileSync(join(prefix, 'share/man/man1/netloom.1'), 'utf8')).toContain('.TH NETLOOM');
  });
});

describe('the single executable', () => {
  it('works on a host without Node.js and npm', async () => {
    const output = await inThrowAwayRoot('sh', '-c', WITHOUT_NODE, 'sh', 'sh', '/mnt/try-out.sh', '/mnt/netloom');
    expect(output).toContain(version);
    expect(output).toContain('3 of 3 as expected.');
  });
});

describe('the Debian package', () => {
  it('installs, works without Node.js, and leaves nothing behind when it is purged', async () => {
    const line = ['sh', '/mnt/install-and-purge.sh', '/mnt/try-out.sh'];
    const output = await inThrowAwayRoot('sh', '-c', WITHOUT_NODE, 'sh', ...line);
    expect(output).toContain('3 of 3 as expected.');
    expect(output).toMatch(/^nothing is left$/m);
  });

  it('is built again with the same bytes', async () => {
    const before = readFileSync(join(shared, 'netloom.deb'));
    const again = await import('../../scripts/package/deb.mjs');
    const file = await again.debianPackage(join(shared, 'netloom'));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is clean to lintian', async () => {
    const { code, output } = await run(['lintian', '--allow-root', join(shared, 'netloom.deb')]);
    expect(output.split('\n').filter((each) => /^[EW]:/.test(each))).toEqual([]);
    expect(code, output).toBe(0);
  });
});
