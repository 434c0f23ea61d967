import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readsTheSame } from '../../src/topology/include/folder.ts';
import { openFolder } from '../../src/topology/include/open-folder.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { readTopology } from '../../src/topology/read.ts';

const LARGEST = 8 * 1024 * 1024;

let above: string;
let root: string;
let main: string;
beforeEach(() => {
  above = mkdtempSync(join(tmpdir(), 'netloom-folder-'));
  root = join(above, 'net');
  main = join(root, 'main.yaml');
  mkdirSync(join(root, 'sub'), { recursive: true });
  writeFileSync(main, 'name: x\ninclude: [a.yaml]\n');
  writeFileSync(join(above, 'secret'), 'secret');
});
afterEach(() => {
  rmSync(above, { recursive: true });
});

/** The text of a path in the folder, or the code of its refusal. */
function read(path: string, largest = LARGEST): string {
  const { content, refusal } = openFolder(main).read(path, largest);
  return content === undefined ? refusal.code : Buffer.from(content.bytes).toString();
}

describe('the folder of a topology', () => {
  test('gives the content of regular files', () => {
    writeFileSync(join(root, 'sub/a'), 'text');
    symlinkSync('sub/a', join(root, 'inside'));
    symlinkSync('sub', join(root, 'folder'));
    expect([read('sub/a'), read('inside'), read('folder/a')]).toEqual(['text', 'text', 'text']);
    expect(openFolder(main).read('inside', LARGEST).content?.identity).toBe(join(root, 'sub/a'));
  });

  test('reads nothing from a folder that replaced it', () => {
    mkdirSync(join(above, 'other'));
    writeFileSync(join(above, 'other/a.yaml'), 'secret');
    const opened = openFolder(main);
    renameSync(root, `${root}-before`);
    symlinkSync(join(above, 'other'), root);
    expect(opened.read('a.yaml', LARGEST).refusal?.code).toBe('NL006');
  });

  test('may itself be behind a symbolic link', () => {
    writeFileSync(join(root, 'a'), 'text');
    symlinkSync(root, join(above, 'link'));
    expect(openFolder(join(above, 'link/main.yaml')).read('a', LARGEST).content?.bytes.length).toBe(4);
  });

  test('gives no file outside the folder through a symbolic link', () => {
    symlinkSync('../secret', join(root, 'out'));
    symlinkSync(join(above, 'secret'), join(root, 'absolute'));
    symlinkSync('..', join(root, 'up'));
    mkdirSync(`${root}-other`);
    writeFileSync(`${root}-other/a`, 'secret');
    symlinkSync('../net-other/a', join(root, 'prefix'));
    expect(['out', 'absolute', 'up/secret', 'prefix'].map((path) => read(path))).toEqual(Array(4).fill('NL006'));
  });

  test('opens no folder, pipe or device, and does not wait for one', () => {
    execFileSync('mkfifo', [join(root, 'fifo')]);
    symlinkSync('/dev/zero', join(root, 'zero'));
    const begin = performance.now();
    expect([read('fifo'), read('zero'), read('sub'), read('.')]).toEqual(['NL007', 'NL006', 'NL007', 'NL007']);
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  test('reports why it cannot read', () => {
    symlinkSync('loop', join(root, 'loop'));
    const summary = (path: string): string | undefined => openFolder(main).read(path, LARGEST).refusal?.summary;
    expect(summary('none')).toMatch(/^cannot read ".*": there is no such file$/);
    expect(summary('main.yaml/x')).toMatch(/not a directory$/);
    expect(summary('loop')).toMatch(/too many symbolic links$/);
    expect(summary('a'.repeat(1000))).toMatch(/the path is too long$/);
    expect(openFolder(main).read('hosts/*.yaml', LARGEST).refusal?.hint).toMatch(/no wildcards/);
  });

  test('reads a bounded number of bytes and files', () => {
    writeFileSync(join(root, 'large'), '');
    truncateSync(join(root, 'large'), 65_537);
    expect(read('large', 65_536)).toBe('NL008');
    expect(read('large', 65_537)).toHaveLength(65_537);
    const folder = openFolder(main);
    for (const name of ['1', '2', '3']) {
      writeFileSync(join(root, name), '');
      truncateSync(join(root, name), LARGEST);
    }
    expect(['1', '2', '3'].map((path) => folder.read(path, LARGEST).refusal?.summary)).toEqual([
      undefined,
      undefined,
      'the files that the topology names are larger than 16 MiB together',
    ]);
    const codes = Array.from({ length: 1001 }, (_, i) => openFolder(main).read(`none${String(i)}`, 1).refusal?.code);
    expect(new Set(codes)).toEqual(new Set(['NL005']));
    const many = openFolder(main);
    const summaries = Array.from({ length: 1001 }, (_, i) => many.read(`none${String(i)}`, 1).refusal?.summary);
    expect(summaries.at(-2)).toMatch(/no such file/);
    expect(summaries.at(-1)).toBe('the topology names more than 1000 files');
  });

  test('reads each path once', () => {
    writeFileSync(join(root, 'a'), 'one');
    const folder = openFolder(main);
    const first = folder.read('a', LARGEST);
    writeFileSync(join(root, 'a'), 'two');
    expect(folder.read('a', LARGEST)).toBe(first);
    const later = openFolder(main);
    expect(readsTheSame(folder, later)).toBe(false);
    expect(readsTheSame(later, openFolder(main))).toBe(true);
    rmSync(join(root, 'a'));
    expect(readsTheSame(later, openFolder(main))).toBe(false);
  });

  test('has a stamp of each path, which a save changes', () => {
    writeFileSync(join(root, 'sub/a'), 'one');
    symlinkSync('sub/a', join(root, 'link'));
    const stamps = (): ReadonlyMap<string, string> => {
      const folder = openFolder(main);
      folder.read('link', LARGEST);
      folder.read('none', LARGEST);
      return folder.stamps();
    };
    const before = stamps();
    expect([...before.keys()]).toEqual([join(root, 'link'), join(root, 'sub/a'), join(root, 'none')]);
    expect(before.get(join(root, 'none'))).toBe('');
    utimesSync(join(root, 'sub/a'), 1, 1);
    expect(stamps().get(join(root, 'link'))).not.toBe(before.get(join(root, 'link')));
  });
});

test('a topology on disk has its folder, standard input and a pipe have none', async () => {
  writeFileSync(join(root, 'a.yaml'), 'nodes: {}\n');
  const { text, file, folder } = await readTopology(main);
  const { topology, included } = loadTopology(text, file, folder);
  expect(topology?.doc.name).toBe('x');
  expect([...included]).toEqual([[join(root, 'a.yaml'), 'nodes: {}\n']]);
  execFileSync('mkfifo', [join(root, 'fifo')]);
  const [piped] = await Promise.all([
    readTopology(join(root, 'fifo')),
    import('node:fs/promises').then(({ writeFile }) => writeFile(join(root, 'fifo'), text)),
  ]);
  expect(piped.folder).toBeUndefined();
});
