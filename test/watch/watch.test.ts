import { appendFile, mkdir, mkdtemp, rename, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WatchEvent } from '../../src/model/event.ts';
import { openFolder } from '../../src/topology/include/open-folder.ts';
import { watch } from '../../src/watch/watch.ts';

// Longer than the 50 ms in which chokidar reports one change only.
const QUIET_MS = 100;

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netloom-watch-'));
  file = join(folder, 'topology.yaml');
  await writeFile(file, 'one');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

interface Options {
  readonly bad?: (run: number) => boolean;
  readonly onRun?: () => Promise<void>;
  /** Paths from the folder of the file that every run reads, through it. */
  readonly others?: readonly string[];
  readonly pollMs?: number;
}

/** A watch whose runs are counted; `bad` lists those that fail. */
function start(options: Options = {}) {
  const stop = new AbortController();
  const events: WatchEvent[] = [];
  let runs = 0;
  let prepared = 0;
  let beside = openFolder(file);
  const ended = watch(file, {
    signal: stop.signal,
    debounceMs: QUIET_MS,
    ...(options.pollMs !== undefined && { pollMs: options.pollMs }),
    prepare: () => {
      prepared += 1;
    },
    onEvent: (event) => events.push(event),
    stamps: () => beside.stamps(),
    run: async () => {
      runs += 1;
      beside = openFolder(file);
      for (const path of options.others ?? []) beside.read(path, 1000);
      const number = runs;
      await options.onRun?.();
      return { outcome: options.bad?.(number) === true ? 'blocked' : 'good' };
    },
  });
  return {
    events,
    ended,
    runs: () => runs,
    prepared: () => prepared,
    /** Waits until this number of runs is done. */
    async until(number: number) {
      for (let i = 0; i < 200 && events.filter((event) => event.type === 'done').length < number; i++) await sleep(10);
      expect(events.filter((event) => event.type === 'done')).toHaveLength(number);
      // The watch of the folder begins before the first run, but the kernel may still report earlier events.
      await sleep(30);
    },
    /** Expects no further run. */
    async quiet(number: number) {
      await sleep(QUIET_MS * 5);
      expect(runs).toBe(number);
    },
    async stop() {
      stop.abort();
      await ended;
    },
  };
}

test('runs at once, and after every method of saving that editors use', async () => {
  const watched = start();
  await watched.until(1);
  await writeFile(file, 'two');
  await watched.until(2);
  // Written to a new file that is renamed over it, as vim and most editors do.
  await writeFile(`${file}.tmp`, 'three');
  await rename(`${file}.tmp`, file);
  await watched.until(3);
  // Renamed to a backup, then written again.
  await rename(file, `${file}~`);
  await writeFile(file, 'four');
  await watched.until(4);
  // The watch has not ended with the first file.
  await writeFile(`${file}.tmp`, 'five');
  await rename(`${file}.tmp`, file);
  await watched.until(5);
  await watched.stop();
});

test('a file that is deleted is waited for', async () => {
  const watched = start();
  await watched.until(1);
  await unlink(file);
  for (let i = 0; i < 100 && watched.events.at(-1)?.type !== 'gone'; i++) await sleep(10);
  expect(watched.events.at(-1)).toEqual({ type: 'gone' });
  await writeFile(file, 'again');
  await watched.until(2);
  await watched.stop();
});

test('many writes in a short time are one save', async () => {
  const watched = start();
  await watched.until(1);
  for (let i = 0; i < 8; i++) {
    await appendFile(file, 'x');
    await sleep(10);
  }
  await watched.until(2);
  await watched.quiet(2);
  // `prepare` was called once, before the run.
  expect(watched.prepared()).toBe(1);
  await watched.stop();
});

test('nothing is prepared during a run, because its changes are not complete', async () => {
  let saved = false;
  const watched = start({
    onRun: async () => {
      if (saved) return;
      saved = true;
      await writeFile(file, 'meanwhile');
      await sleep(QUIET_MS / 2);
      expect(watched.prepared()).toBe(0);
    },
  });
  await watched.until(2);
  expect(watched.prepared()).toBe(0);
  await watched.stop();
});

test('a save that failed is not run again until the text changes, and does not end the watch', async () => {
  const watched = start({ bad: (run) => run === 2 });
  await watched.until(1);
  await writeFile(file, 'bad');
  await watched.until(2);
  expect(watched.events.slice(-2)).toEqual([
    { type: 'done', number: 2, ok: false },
    { type: 'blocked', codes: [] },
  ]);
  await writeFile(file, 'bad');
  await watched.quiet(2);
  await writeFile(file, 'good');
  await watched.until(3);
  await watched.stop();
});

test('the same text saved again after a successful run starts a run', async () => {
  const watched = start();
  await watched.until(1);
  await utimes(file, new Date(), new Date(Date.now() + 5000));
  await watched.until(2);
  await watched.stop();
});

test('a save during a run is handled after it; runs never overlap', async () => {
  let busy = 0;
  const watched = start({
    async onRun() {
      busy += 1;
      expect(busy).toBe(1);
      await sleep(150);
      busy -= 1;
    },
  });
  while (watched.runs() === 0) await sleep(5);
  await writeFile(file, 'meanwhile');
  await watched.until(2);
  await watched.quiet(2);
  await watched.stop();
});

test('other files in the folder are ignored', async () => {
  const watched = start();
  await watched.until(1);
  await writeFile(join(folder, 'other.yaml'), 'x');
  await writeFile(join(folder, '.topology.yaml.swp'), 'x');
  await watched.quiet(1);
  await watched.stop();
});

test('a file of a ConfigMap is saved by another link to a folder', async () => {
  const version = async (name: string, text: string): Promise<void> => {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'topology.yaml'), text);
    await symlink(name, join(folder, '..data.new'));
    await rename(join(folder, '..data.new'), join(folder, '..data'));
  };
  await version('..1', 'one');
  await unlink(file);
  await symlink('..data/topology.yaml', file);
  const watched = start();
  await watched.until(1);
  await version('..2', 'two');
  await watched.until(2);
  await version('..3', 'three');
  await watched.until(3);
  await watched.stop();
});

test('where there are no events, the files are looked at again and again', async () => {
  const other = join(folder, 'other.yaml');
  await writeFile(other, 'one');
  const watched = start({ others: ['other.yaml'], pollMs: 50 });
  await watched.until(1);
  await writeFile(file, 'two');
  await watched.until(2);
  await writeFile(other, 'two');
  await watched.until(3);
  await watched.quiet(3);
  await watched.stop();
});

test('files that the file names are watched too, for every method of saving', async () => {
  const other = join(folder, 'other.yaml');
  await writeFile(other, 'one');
  const watched = start({ others: ['other.yaml'] });
  await watched.until(1);
  await writeFile(other, 'two');
  await watched.until(2);
  await writeFile(`${other}.tmp`, 'three');
  await rename(`${other}.tmp`, other);
  await watched.until(3);
  await unlink(other);
  await watched.until(4);
  await writeFile(other, 'four');
  await watched.until(5);
  await writeFile(file, 'two');
  await watched.until(6);
  await watched.quiet(6);
  await watched.stop();
});

test('a file that is named and missing is waited for, and so is its folder', async () => {
  const watched = start({ others: ['sub/deep/other.yaml'], bad: (run) => run < 3 });
  await watched.until(1);
  await mkdir(join(folder, 'sub/deep'), { recursive: true });
  await watched.quiet(1);
  await writeFile(join(folder, 'sub/deep/other.yaml'), 'one');
  await watched.until(2);
  // The folder is replaced by another one of the same name.
  await mkdir(join(folder, 'new/deep'), { recursive: true });
  await writeFile(join(folder, 'new/deep/other.yaml'), 'two');
  await rename(join(folder, 'sub'), join(folder, 'old'));
  await rename(join(folder, 'new'), join(folder, 'sub'));
  await watched.until(3);
  await writeFile(join(folder, 'sub/deep/other.yaml'), 'three');
  await watched.until(4);
  await watched.stop();
});

test('a symbolic link and its target are both watched', async () => {
  await mkdir(join(folder, 'real'));
  await writeFile(join(folder, 'real/a'), 'one');
  await writeFile(join(folder, 'real/b'), 'one');
  await symlink('real/a', join(folder, 'link'));
  const watched = start({ others: ['link'] });
  await watched.until(1);
  await writeFile(join(folder, 'real/a'), 'two');
  await watched.until(2);
  await symlink('real/b', join(folder, 'link.new'));
  await rename(join(folder, 'link.new'), join(folder, 'link'));
  await watched.until(3);
  await watched.stop();
});

test('a file that is saved between its reading and its watch is read again', async () => {
  const other = join(folder, 'other.yaml');
  await writeFile(other, 'one');
  let saved = false;
  const watched = start({
    others: ['other.yaml'],
    async onRun() {
      if (!saved) await writeFile(other, 'another');
      saved = true;
    },
  });
  await watched.until(2);
  await watched.quiet(2);
  await watched.stop();
});

test('a stop waits for the current run', async () => {
  let finished = false;
  const watched = start({
    async onRun() {
      await sleep(100);
      finished = true;
    },
  });
  await sleep(30);
  await watched.stop();
  expect(finished, 'the run had ended when the watch had stopped').toBe(true);
});

test('an error thrown by a run ends the watch', async () => {
  const watched = start({ onRun: () => Promise.reject(new Error('no')) });
  await expect(watched.ended).rejects.toThrow('no');
});

test('a problem with watching is reported, and the watch continues', async () => {
  const stop = new AbortController();
  const events: WatchEvent[] = [];
  await watch(file, {
    signal: stop.signal,
    run: () => {
      stop.abort();
      return Promise.resolve({ outcome: 'good' });
    },
    onEvent: (event) => events.push(event),
    source: (_, __, { onError }) => {
      onError('too many watches');
      return Promise.resolve({ follow: () => Promise.resolve(), close: () => Promise.resolve() });
    },
  });
  expect(events[0]).toEqual({ type: 'trouble', message: 'too many watches' });
});
