import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Run } from '../model/run.ts';

/** The most runs of a topology that are kept. */
export const MOST_RUNS = 42;

/** A run without its number, which the archive gives it. */
export type NewRun = Omit<Run, 'number'>;

/**
 * The runs of one topology: for each `N.json`, which lists it, and `N.details.gz`. The folder and its files are the
 * user's alone. A file is written beside its place and then put there, so a reader finds the old text or the new one.
 * Each function rejects with the error of the file system.
 */
export class RunStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Adds a run, and deletes the oldest ones beyond `MOST_RUNS`. Two processes never get one number. */
  async add(run: NewRun, details: string): Promise<Run> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const beside = await this.#beside(await zipped(details));
    try {
      for (let number = ((await this.#numbers()).at(-1) ?? 0) + 1; ; number += 1) {
        const numbered: Run = { number, ...run };
        if (!(await this.#claim(numbered))) continue;
        await rename(beside, this.#details(number));
        await this.#prune();
        return numbered;
      }
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  /** Replaces a run, and its details if they are given. Does nothing if it was pruned. */
  async replace(run: Run, details?: string): Promise<void> {
    if (!(await this.#numbers()).includes(run.number)) return;
    if (details !== undefined) await rename(await this.#beside(await zipped(details)), this.#details(run.number));
    await rename(await this.#beside(textOf(run)), this.#file(run.number));
  }

  async remove(number: number): Promise<void> {
    await rm(this.#file(number), { force: true });
    await rm(this.#details(number), { force: true });
  }

  /** Returns the runs, the oldest first. */
  async list(): Promise<readonly Run[]> {
    const runs: Run[] = [];
    for (const number of await this.#numbers()) {
      const text = await readFile(this.#file(number), 'utf8').catch(ifMissing);
      if (text !== undefined) runs.push(JSON.parse(text) as Run);
    }
    return runs;
  }

  async details(number: number): Promise<string> {
    return (await promisify(gunzip)(await readFile(this.#details(number)))).toString('utf8');
  }

  #file(number: number): string {
    return join(this.#folder, `${String(number)}.json`);
  }

  #details(number: number): string {
    return join(this.#folder, `${String(number)}.details.gz`);
  }

  async #numbers(): Promise<readonly number[]> {
    const names = await readdir(this.#folder).catch(ifMissing);
    const numbers = (names ?? []).flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? []);
    return numbers.map(Number).sort((a, b) => a - b);
  }

  /** Returns false if another process has taken the number. */
  async #claim(run: Run): Promise<boolean> {
    const beside = await this.#beside(textOf(run));
    try {
      // Unlike a rename, it fails if the name is taken.
      await link(beside, this.#file(run.number));
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(beside, { force: true });
    }
  }

  async #beside(content: string | Uint8Array): Promise<string> {
    const file = join(this.#folder, `.${randomBytes(8).toString('hex')}`);
    try {
      await writeFile(file, content, { flag: 'wx', mode: 0o600 });
      return file;
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
  }

  async #prune(): Promise<void> {
    for (const number of (await this.#numbers()).slice(0, -MOST_RUNS)) await this.remove(number);
  }
}

function textOf(run: Run): string {
  return `${JSON.stringify(run, null, 1)}\n`;
}

/** The fastest level: states are long and alike. */
function zipped(text: string): Promise<Buffer> {
  return promisify<string, { level: number }, Buffer>(gzip)(text, { level: 1 });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function ifMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}
