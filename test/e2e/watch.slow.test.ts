import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Topology } from '../../src/topology/types.gen.ts';
import { startNetloom } from './support/cli.ts';
import { changesOf } from './support/network.ts';
import { labOf, ownLabs, until } from './support/suite.ts';
import { example, textOf } from './support/topology.ts';

const FLOATING = '11.11.11.11';

interface Line {
  readonly type: string;
  readonly ok?: boolean;
}

ownLabs();

describe('watch', () => {
  const network = labOf(() => example('e2e-watch'));
  const said: Line[] = [];
  let folder: string;
  let file: string;
  let running: ReturnType<typeof startNetloom>;

  const save = (text: string): void => {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };
  const runs = (): Promise<Line[]> => Promise.resolve(said.filter(({ type }) => type === 'watch-done'));
  /** Saves a text, waits for the end of the run that follows, and returns its last output. */
  const become = async (text: string): Promise<Line | undefined> => {
    const before = (await runs()).length;
    save(text);
    return (await until(runs, ({ length }) => length > before, 30_000)).at(-1);
  };
  const altered = (change: (doc: Topology) => void): string => {
    const doc = structuredClone(network().doc);
    change(doc);
    return textOf(doc);
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-watched-'));
    file = path.join(folder, 'topology.yaml');
    save(textOf(network().doc));
    running = startNetloom(['watch', '--lab', '--yes', '--json', file]);
    createInterface({ input: running.child.stdout! }).on('line', (line) => said.push(JSON.parse(line) as Line));
    expect((await until(runs, ({ length }) => length > 0, 30_000))[0]).toMatchObject({ ok: true });
  });
  afterAll(() => {
    running.child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('brings up the network in its first run', async () => {
    await expect(network()).toPing('outside', FLOATING);
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('applies every save', async () => {
    expect(await become(altered((doc) => delete doc.floating_ips))).toMatchObject({ ok: true });
    await expect(network()).toGetNoAnswer('outside', FLOATING);
    expect(await become(textOf(network().doc))).toMatchObject({ ok: true });
    await expect(network()).toPing('outside', FLOATING);
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('repairs damage at a save, even if the file is unchanged', async () => {
    const { node, netns } = network().resolved.routers.get('router1')!;
    await network().in(node, `ip -n ${netns} link set dev lo alias ''; ip -n ${netns} route del default`);
    expect(await become(textOf(network().doc))).toMatchObject({ ok: true });
    await expect(network()).toPing('outside', FLOATING);
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('changes nothing if the file has an error or is half saved', async () => {
    const whole = textOf(network().doc);
    expect(await become(whole.replace('10.10.10.0/24', '10.10.10.0/99'))).toMatchObject({ ok: false });
    expect(await become(whole.slice(0, whole.length / 2))).toMatchObject({ ok: false });
    await expect(network()).toPing('outside', FLOATING);
    expect(changesOf(await network().plan())).toEqual([]);
    expect(await become(whole)).toMatchObject({ ok: true });
  });

  it('applies the file after the last of several saves, not after the first', async () => {
    const before = (await runs()).length;
    save(altered((doc) => delete doc.floating_ips));
    await sleep(60);
    save(textOf(network().doc));
    await until(runs, ({ length }) => length > before, 30_000);
    await expect(network()).toPing('outside', FLOATING);
  });

  it('ends with exit code 0 when it is interrupted', async () => {
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(0);
    expect(changesOf(await network().plan())).toEqual([]);
  });
});
