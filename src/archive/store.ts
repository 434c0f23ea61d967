import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Run, RunDecision } from '../model/run.ts';
import type { Zipped } from './zipped.ts';

/** The most runs of a topology that are kept. The saves of one watch, one after the other, count as one run. */
export const MOST_RUNS = 42;
/** The most runs that are kept with all saves of a watch: each has states of all nodes. */
export const MOST_WITH_SAVES = 5 * MOST_RUNS;

/** The names of files by which a run is listed. */
const LISTED = /^([1-9]\d{0,8})\.json$/;
/** The names of all files of runs. */
const GIVEN = /^([1-9]\d{0,8})\.(?:json|details\.gz)$/;

/** A run without its number, which the archive gives it. */
export type NewRun = Omit<Run, 'number'>;

/**
 * The runs of one topology: for each `N.json`, which lists it, and `N.details.gz`. Other clients write only
 * `N.decisions.json`, and the run's own netloom only the others, so neither overwrites what the other knows. The folder
 * and its files are the user's alone. A file is written beside its place and then put there, so a reader finds the old
 * text or the new one. Each function rejects with the error of the file system.
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

  /** Adds what another client decided about a run. */
  async decide(number: number, decision: RunDecision): Promise<void> {
    await this.#checkOwn();
    const all = [...(await this.#decisionsOf(number)), decision];
    await rename(await this.#beside(`${JSON.stringify(all)}\n`, true), this.#decisions(number));
  }

  async remove(number: number): Promise<void> {
    await rm(this.#file(number), { force: true });
    await rm(this.#decisions(number), { force: true });
    await rm(this.#details(number), { force: true });
  }

  /** Returns the runs, the oldest first. Rejects with an error that names a damaged file. */
  async list(): Promise<readonly Run[]> {
    const runs: Run[] = [];
    for (const number of await this.#numbers(LISTED)) {
      const text = await readFile(this.#file(number), 'utf8').catch(ifMissing);
      if (text === undefined) continue;
      const run = runOf(text, number, this.#file(number));
      const decisions = run.window === undefined ? [] : await this.#decisionsOf(number);
      runs.push({ ...run, ...(decisions.length > 0 && { decisions }) });
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

  #decisions(number: number): string {
    return join(this.#folder, `${String(number)}.decisions.json`);
  }

  async #decisionsOf(number: number): Promise<readonly RunDecision[]> {
    const file = this.#decisions(number);
    const text = await readFile(file, 'utf8').catch(ifMissing);
    const all: unknown = text === undefined ? [] : parsed(text);
    if (!Array.isArray(all)) throw new Error(`${file} is damaged`);
    return all as RunDecision[];
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
    const listed = await this.#numbers(LISTED);
    if (listed.length <= MOST_RUNS) return;
    const first = await this.#firstKept(listed);
    for (const number of await this.#numbers(GIVEN)) if (number < first) await this.remove(number);
  }

  /** Returns the number of the oldest run that is kept. No run between two that are kept is removed: undo needs all. */
  async #firstKept(listed: readonly number[]): Promise<number> {
    let [first, kept, former] = [0, 0, ''];
    for (const number of listed.slice(-MOST_WITH_SAVES).reverse()) {
      const session = watchOf(parsed((await readFile(this.#file(number), 'utf8').catch(ifMissing)) ?? ''));
      if (session === '' || session !== former) kept += 1;
      if (kept > MOST_RUNS) break;
      [first, former] = [number, session];
    }
    return first;
  }
}

function runOf(text: string, number: number, file: string): Run {
  const run = parsed(text) as Run | null | undefined;
  if (run?.number === number) return run;
  throw new Error(`${file} is damaged`);
}

/** Returns what tells the watch of a run from others; nothing if it is of another command. */
function watchOf(run: unknown): string {
  const { command, client } = (run ?? {}) as Partial<Run>;
  return command === 'watch' ? JSON.stringify(client) : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
