import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MOST_RUNS, MOST_WITH_SAVES, RunStore, type NewRun } from '../../src/archive/store.ts';
import type { Zipped } from '../../src/archive/zipped.ts';

const RUN: NewRun = {
  command: 'apply',
  topology: 'demo',
  lab: false,
  netloom: '1.0.0',
  client: {},
  started: '2026-11-30T12:00:00.000Z',
  outcome: 'unfinished',
  nodes: ['n1'],
  changed: { create: 1, update: 0, replace: 0, delete: 0 },
  impact: 'none',
};

/** A file of two members. */
function zip(text: string): Zipped {
  return [gzipSync(text.slice(0, 1)), gzipSync(text.slice(1))];
}

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'netloom-archive-'));
  folder = join(parent, 'runs', 'demo');
});
afterEach(() => {
  rmSync(parent, { recursive: true });
});

it('gives each run of two processes a number of its own, and files for its user alone', async () => {
  const [one, two] = [new RunStore(folder), new RunStore(folder)];
  const added = await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? one : two).add(RUN, zip(String(i)))));
  expect(added.map(({ number }) => number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect((await one.list()).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (const [i, { number }] of added.entries()) expect(await one.details(number)).toBe(String(i));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const files = readdirSync(folder);
  expect(files).toHaveLength(20);
  for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
});

it('keeps the last 42 runs, and does not revive one that was pruned', async () => {
  const store = new RunStore(folder);
  const first = await store.add(RUN, zip('first'));
  await store.add(RUN, zip('killed'));
  rmSync(join(folder, '2.json'));
  for (let i = 0; i < MOST_RUNS; i += 1) await store.add(RUN, zip(''));
  expect((await store.list()).map(({ number }) => number)).toEqual(Array.from({ length: MOST_RUNS }, (_, i) => i + 3));
  await store.replace({ ...first, outcome: 'settled' }, zip('late'));
  expect(await store.list()).toHaveLength(MOST_RUNS);
  expect(readdirSync(folder)).toHaveLength(2 * MOST_RUNS);
});

it('counts the saves of one watch as one of the runs that it keeps, up to a limit', async () => {
  const save = (pid: string): NewRun => ({ ...RUN, command: 'watch', client: { pid } });
  /** Returns the numbers that are kept of these runs when one more is added. */
  const keptOf = async (last: NewRun, ...before: readonly (readonly [times: number, run: NewRun])[]) => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [i, run] of before.flatMap(([times, each]) => Array<NewRun>(times).fill(each)).entries()) {
      writeFileSync(join(folder, `${String(i + 1)}.json`), JSON.stringify({ number: i + 1, ...run }));
    }
    const store = new RunStore(folder);
    await store.add(last, zip(''));
    const all = await store.list();
    return [all[0]?.number, all.length];
  };
  const first = [
    [1, RUN],
    [60, save('1')],
  ] as const;
  expect(await keptOf(save('2'), ...first, [MOST_RUNS - 3, RUN])).toEqual([1, 59 + MOST_RUNS]);
  // The watch counts as one run, and goes as a whole.
  expect(await keptOf(save('3'), ...first, [MOST_RUNS - 2, RUN])).toEqual([2, 59 + MOST_RUNS]);
  expect(await keptOf(save('3'), ...first, [MOST_RUNS - 1, RUN])).toEqual([62, MOST_RUNS]);
  expect(await keptOf(save('3'), [MOST_WITH_SAVES, save('3')])).toEqual([2, MOST_WITH_SAVES]);
});

it('keeps what other clients decided about a run apart from it, and removes both together', async () => {
  const store = new RunStore(folder);
  const run = await store.add({ ...RUN, window: 'a' }, zip('one'));
  const decision = { decision: 'keep', kept: ['n1'], reverted: [], whole: true, client: {}, time: '' } as const;
  await Promise.all([store.decide(1, decision), store.replace({ ...run, outcome: 'settled' })]);
  await store.decide(1, { ...decision, kept: ['n2'] });
  expect(await store.list()).toMatchObject([
    { outcome: 'settled', decisions: [decision, { ...decision, kept: ['n2'] }] },
  ]);
  writeFileSync(join(folder, '1.decisions.json'), '{');
  await expect(store.list()).rejects.toThrow(`${join(folder, '1.decisions.json')} is damaged`);
  await store.remove(1);
  expect(readdirSync(folder)).toEqual([]);
});

it('replaces what is known of a run, and leaves no number to be given twice while a later run exists', async () => {
  const store = new RunStore(folder);
  const one = await store.add(RUN, zip('one'));
  const two = await store.add(RUN, zip('two'));
  await store.replace({ ...one, outcome: 'settled' }, zip('ended'));
  await store.replace({ ...two, outcome: 'failed' });
  await store.remove(one.number);
  expect(await store.list()).toEqual([{ ...two, outcome: 'failed' }]);
  expect(await store.details(two.number)).toBe('two');
  expect((await store.add(RUN, zip(''))).number).toBe(3);
});

it('is empty where there is no folder', async () => {
  expect(await new RunStore(folder).list()).toEqual([]);
});

it('lists no run without details if netloom is killed while it adds one, and gives its number once', async () => {
  const store = new RunStore(folder);
  await store.add(RUN, zip('one'));
  const two = await store.add(RUN, zip('two'));
  rmSync(join(folder, '2.json'));
  expect((await store.list()).map(({ number }) => number)).toEqual([1]);
  expect((await store.add(RUN, zip('three'))).number).toBe(two.number + 1);
});

it('claims a number by the details, and leaves nothing if the run cannot be listed', async () => {
  const store = new RunStore(folder);
  await store.add(RUN, zip('one'));
  mkdirSync(join(folder, '2.json.d'));
  mkdirSync(join(folder, '02.json'));
  const hostile = {
    ...RUN,
    toJSON: () => {
      throw new Error('ENOSPC');
    },
  };
  await expect(store.add(hostile, zip('two'))).rejects.toThrow('ENOSPC');
  expect(readdirSync(folder).sort()).toEqual(['02.json', '1.details.gz', '1.json', '2.json.d']);
});

it('names the file of a run that is damaged', async () => {
  const store = new RunStore(folder);
  await store.add(RUN, zip('one'));
  for (const text of ['', 'null', '{"number": 7}']) {
    writeFileSync(join(folder, '1.json'), text);
    await expect(store.list()).rejects.toThrow(`${join(folder, '1.json')} is damaged`);
  }
});

it('neither reads nor writes in a folder of another user, or through a link', async () => {
  const store = new RunStore(folder);
  await store.add(RUN, zip('one'));
  const user = process.geteuid?.() ?? 0;
  const geteuid = vi.spyOn(process, 'geteuid').mockReturnValue(user + 1);
  for (const use of [store.list(), store.details(1), store.add(RUN, zip(''))]) {
    await expect(use).rejects.toThrow(`${folder} belongs to another user`);
  }
  geteuid.mockRestore();
  const linked = join(parent, 'linked');
  symlinkSync(folder, linked);
  const other = new RunStore(linked);
  for (const use of [other.list(), other.details(1), other.add(RUN, zip(''))]) {
    await expect(use).rejects.toThrow(`${linked} is not a folder`);
  }
  expect(await store.list()).toHaveLength(1);
});
