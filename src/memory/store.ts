import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The most values that are kept; the oldest ones are removed. */
const MOST = 100;
/** The largest file that is read, in bytes. */
const LARGEST = 16 * 1024 * 1024;
/** SHA-256 in hexadecimal digits, and a line end. */
const HEAD = 65;

/**
 * Values in files of the user alone, by key: a cache, never a state. What is missing, damaged, or not written by this
 * user alone is not there. Nothing here rejects: what cannot be kept is worked out again.
 */
export class Memory {
  readonly #folder: string;

  /** @param folder it and its files are the user's alone */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Returns the value of a key; `undefined` if there is none. */
  async recall(key: string): Promise<unknown> {
    try {
      const text = (await this.#isOurs()) ? await readOwn(this.#file(key)) : undefined;
      if (text === undefined || text.slice(0, HEAD) !== headOf(text.slice(HEAD))) return undefined;
      return JSON.parse(text.slice(HEAD));
    } catch {
      return undefined;
    }
  }

  /** Replaces the value of a key. */
  async remember(key: string, value: object): Promise<void> {
    const beside = join(this.#folder, `.${randomBytes(8).toString('hex')}`);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      if (!(await this.#isOurs())) return;
      const text = JSON.stringify(value);
      await writeFile(beside, `${headOf(text)}${text}`, { flag: 'wx', mode: 0o600 });
      await rename(beside, this.#file(key));
      await this.#prune();
    } catch {
      await rm(beside, { force: true }).catch(() => undefined);
    }
  }

  #file(key: string): string {
    return join(this.#folder, key);
  }

  async #isOurs(): Promise<boolean> {
    const found = await lstat(this.#folder);
    return found.isDirectory() && found.uid === process.geteuid?.() && (found.mode & 0o077) === 0;
  }

  async #prune(): Promise<void> {
    const names = await readdir(this.#folder);
    if (names.length <= MOST) return;
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#folder, name);
        return { path, time: (await stat(path)).mtimeMs };
      }),
    );
    files.sort((a, b) => a.time - b.time);
    for (const { path } of files.slice(0, -MOST)) await rm(path, { force: true });
  }
}

/** Tells a damaged file, not a forged one: nobody else can write it. */
function headOf(text: string): string {
  return `${createHash('sha256').update(text).digest('hex')}\n`;
}

/** Reads a regular file that has no other name and that only this user can read or write. */
async function readOwn(path: string): Promise<string | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    const isOwn = found.uid === process.geteuid?.() && (found.mode & 0o077) === 0 && found.nlink === 1;
    return found.isFile() && isOwn && found.size <= LARGEST ? await file.readFile('utf8') : undefined;
  } finally {
    await file.close();
  }
}
