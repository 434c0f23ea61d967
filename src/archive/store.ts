import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Run } from '../model/run.ts';
import type { Zipped } from './zipped.ts';

/** The most runs of a topology that are kept. */
export const MOST_RUNS = 42;

/** The names of files by which a run is listed. */
const LISTED = /^([1-9]\d{0,8})\.json$/;
/** The names of all files of runs. */
const GIVEN = /^([1-9]\d{0,8})\.(?:json|details\.gz)$/;

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
  async add(run: NewRun, details: Zipped): Promise<Run> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#checkOwn();
    const beside = await this.#beside(details, true);
    try {
      const number = await this.#claim(beside);
      const numbered: Run = { number, ...run };
      try {
        // A run that is listed has its details, also if netloom is killed here.
        await rename(await this.#beside(textOf(numbered), true), this.#file(number));
      } catch (error) {
        await rm(this.#details(number), { force: true });
        throw error;
      }
      await this.#prune();
      return numbered;
    } finally {
      await rm(beside, { force: true });
    }
  }

  /** Replaces a run, and its details if they are given. Does nothing if it was pruned. */
  async replace(run: Run, details?: Zipped): Promise<void> {
    if (!(await this.#numbers(LISTED)).includes(run.number)) return;
    if (details !== undefined) await rename(await this.#beside(details), this.#details(run.number));
    await rename(await this.#beside(textOf(run)), this.#file(run.number));
  }

  async remove(number: number): Promise<void> {
    await rm(this.#file(number), { force: true });
    await rm(this.#details(number), { force: true });
  }

  /** Returns the runs, the oldest first. Rejects with an error that names a damaged file. */
  async list(): Promise<readonly Run[]> {
    const runs: Run[] = [];
    for (const number of await this.#numbers(LISTED)) {
      const text = await readFile(this.#file(number), 'utf8').catch(ifMissing);
      if (text !== undefined) runs.push(runOf(text, number, this.#file(number)));
    }
    return runs;
  }

  async details(number: number): Promise<string> {
    await this.#checkOwn();
    return (await promisify(gunzip)(await readFile(this.#details(number)))).toString('utf8');
  }

  #file(number: number): string {
    return join(this.#folder, `${String(number)}.json`);
  }

  #details(number: number): string {
    return join(this.#folder, `${String(number)}.details.gz`);
  }

  /** The owner of the folder decides what an undo restores, and where a run is written. */
  async #checkOwn(): Promise<void> {
    const found = await lstat(this.#folder).catch(ifMissing);
    if (found === undefined) return;
    if (!found.isDirectory()) throw new Error(`${this.#folder} is not a folder`);
    if (found.uid !== process.geteuid?.()) throw new Error(`${this.#folder} belongs to another user`);
  }

  async #numbers(named: RegExp): Promise<readonly number[]> {
    await this.#checkOwn();
    const names = await readdir(this.#folder).catch(ifMissing);
    const numbers = new Set((names ?? []).flatMap((name) => named.exec(name)?.[1] ?? []).map(Number));
    return [...numbers].sort((a, b) => a - b);
  }

  /** Puts the details of a run at the next number, which it returns. A number that was given is not free. */
  async #claim(beside: string): Promise<number> {
    for (let number = ((await this.#numbers(GIVEN)).at(-1) ?? 0) + 1; ; number += 1) {
      try {
        // Unlike a rename, it fails if the name is taken.
        await link(beside, this.#details(number));
        return number;
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
    }
  }

  /** @param flush without it, a file that replaces no other could be empty after a power failure */
  async #beside(content: string | Zipped, flush = false): Promise<string> {
    const file = join(this.#folder, `.${randomBytes(8).toString('hex')}`);
    try {
      await writeFile(file, typeof content === 'string' ? content : Buffer.concat(content), {
        flag: 'wx',
        mode: 0o600,
        flush,
      });
      return file;
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
  }

  async #prune(): Promise<void> {
    const first = (await this.#numbers(LISTED)).at(-MOST_RUNS) ?? 0;
    for (const number of await this.#numbers(GIVEN)) if (number < first) await this.remove(number);
  }
}

function runOf(text: string, number: number, file: string): Run {
  try {
    const run = JSON.parse(text) as Run | null;
    if (run?.number === number) return run;
  } catch {
    // It is told below, with the name of the file.
  }
  throw new Error(`${file} is damaged`);
}

function textOf(run: Run): string {
  return `${JSON.stringify(run, null, 1)}\n`;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function ifMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}
