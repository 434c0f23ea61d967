import { chmodSync, linkSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Memory } from '../../src/memory/store.ts';

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'netloom-memory-'));
  folder = join(parent, 'netloom', 'plans');
});
afterEach(() => {
  rmSync(parent, { recursive: true });
});

it('returns what was kept last by the key, in files for its user alone', async () => {
  const memory = new Memory(folder);
  expect(await memory.recall('one')).toBeUndefined();
  await memory.remember('one', { number: 1 });
  await memory.remember('two', { number: 2 });
  await memory.remember('one', { number: 3 });
  expect(await new Memory(folder).recall('one')).toEqual({ number: 3 });
  expect(await memory.recall('two')).toEqual({ number: 2 });
  expect(readdirSync(folder).sort()).toEqual(['one', 'two']);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'one')).mode & 0o777).toBe(0o600);
});

const DAMAGES: Readonly<Record<string, (file: string) => void>> = {
  missing: (file) => {
    rmSync(file);
  },
  empty: (file) => {
    truncateSync(file, 0);
  },
  'cut off': (file) => {
    truncateSync(file, statSync(file).size - 1);
  },
  'changed in one byte': (file) => {
    writeFileSync(file, readFileSync(file, 'utf8').replace('7', '8'));
  },
  'no JSON': (file) => {
    // SHA-256 of the empty text.
    writeFileSync(file, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n');
  },
  'readable by others': (file) => {
    chmodSync(file, 0o644);
  },
  'a link': (file) => {
    renameSync(file, join(parent, 'moved'));
    symlinkSync(join(parent, 'moved'), file);
  },
  'another name of a file': (file) => {
    linkSync(file, join(parent, 'second'));
  },
  'a folder': (file) => {
    rmSync(file);
    mkdirSync(file);
  },
  'in a folder that others can read': () => {
    chmodSync(folder, 0o755);
  },
  'in a folder that is a link': () => {
    renameSync(folder, join(parent, 'elsewhere'));
    symlinkSync(join(parent, 'elsewhere'), folder);
  },
};

it.each(Object.keys(DAMAGES))('does not know a value whose file is %s', async (damage) => {
  const memory = new Memory(folder);
  await memory.remember('key', { number: 7 });
  DAMAGES[damage]?.(join(folder, 'key'));
  expect(await memory.recall('key')).toBeUndefined();
});

it('keeps nothing, and does not fail, where it cannot write or others could', async () => {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  chmodSync(folder, 0o755);
  await new Memory(folder).remember('key', {});
  expect(readdirSync(folder)).toEqual([]);
  writeFileSync(join(parent, 'file'), '');
  const nowhere = new Memory(join(parent, 'file', 'plans'));
  await nowhere.remember('key', {});
  expect(await nowhere.recall('key')).toBeUndefined();
});

it('removes the oldest values beyond a hundred', async () => {
  const memory = new Memory(folder);
  for (let i = 0; i < 101; i += 1) {
    await memory.remember(`key${String(i)}`, {});
    utimesSync(join(folder, `key${String(i)}`), i, i);
  }
  await memory.remember('last', {});
  expect(readdirSync(folder)).toHaveLength(100);
  expect(await memory.recall('key0')).toBeUndefined();
  expect(await memory.recall('key1')).toBeUndefined();
  expect(await memory.recall('key2')).toEqual({});
  expect(await memory.recall('last')).toEqual({});
});
