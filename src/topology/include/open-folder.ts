import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileStamp, NO_FILE } from '../../model/file-stamp.ts';
import { reasonOf } from '../reasons.ts';
import { show } from '../show.ts';
import { LARGEST_TOTAL, MOST_FILES } from './folder.ts';
import type { Content, Folder, Reading, Refusal } from './folder.ts';

interface Entry {
  readonly path: string;
  readonly largest: number;
  readonly reading: Reading;
}

/**
 * Opens the folder of a topology file on disk. A file is refused unless it is a regular file inside the folder after
 * all symbolic links are resolved. It is opened without waiting (a FIFO or a device would block), and checked again
 * after it is open, since a path can change between two calls.
 */
export function openFolder(file: string): Folder {
  const folder = resolve(dirname(file));
  // Resolved once: a folder that is replaced by a symbolic link while a topology is read leads nowhere else.
  const root = realOr(folder);
  const entries = new Map<string, Entry>();
  const stamps = new Map<string, string>();
  let total = 0;

  const nameOf = (path: string): string => join(dirname(file), path);
  const read = (path: string, largest: number): Reading => {
    const key = `${String(largest)} ${path}`;
    const known = entries.get(key);
    if (known !== undefined) return known.reading;
    if (entries.size >= MOST_FILES) return tooMany();
    const reading = readInside({
      folder,
      root,
      path,
      name: nameOf(path),
      largest,
      stamps,
      left: LARGEST_TOTAL - total,
    });
    entries.set(key, { path, largest, reading });
    total += reading.content?.bytes.length ?? 0;
    return reading;
  };
  return {
    main: { path: basename(file), identity: realOr(resolve(file)) },
    read,
    nameOf,
    get readings() {
      return [...entries.values()];
    },
    stamps: () => stamps,
  };
}

interface Request {
  readonly folder: string;
  /** The folder with all symbolic links resolved. */
  readonly root: string;
  readonly path: string;
  readonly name: string;
  readonly largest: number;
  readonly stamps: Map<string, string>;
  /** Bytes that may still be read from the folder. */
  readonly left: number;
}

function readInside(request: Request): Reading {
  const { folder, root, path, name, largest, stamps } = request;
  const absolute = join(folder, path);
  stamps.set(absolute, stampAt(absolute));
  let descriptor: number | undefined;
  try {
    const real = realpathSync(absolute);
    if (!isInside(root, real)) return refused(outside(name));
    // Checked before it is opened: opening a device can have an effect.
    if (!statSync(real).isFile()) return refused(noFile(name));
    descriptor = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const status = fstatSync(descriptor);
    if (!status.isFile()) return refused(noFile(name));
    if (!isInside(root, readlinkSync(`/proc/self/fd/${String(descriptor)}`))) return refused(outside(name));
    stamps.set(absolute, fileStamp(status));
    if (real !== absolute) stamps.set(real, fileStamp(status));
    if (status.size > largest) return refused(tooLarge(name, largest));
    return readBounded(request, descriptor, real);
  } catch (error) {
    return refused({ code: 'NL005', summary: `cannot read ${show(name)}: ${reasonOf(error)}`, hint: hintOf(path) });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Reads an open file up to its limit. The size of a growing file cannot be trusted. */
function readBounded({ name, largest, left }: Request, descriptor: number, identity: string): Reading {
  const limit = Math.min(largest, left);
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const chunk = Buffer.alloc(64 * 1024);
    const count = readSync(descriptor, chunk);
    if (count === 0) break;
    size += count;
    if (size > limit) return refused(limit < largest ? tooMuch() : tooLarge(name, largest));
    chunks.push(chunk.subarray(0, count));
  }
  const content: Content = { bytes: Buffer.concat(chunks), identity };
  return { content };
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);
}

function stampAt(path: string): string {
  try {
    return fileStamp(statSync(path));
  } catch {
    return NO_FILE;
  }
}

function realOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function refused(refusal: Refusal): Reading {
  return { refusal };
}

function outside(name: string): Refusal {
  const hint = 'a symbolic link leads out of it; put the file itself there';
  return { code: 'NL006', summary: `${show(name)} is outside the folder of the topology`, hint };
}

function noFile(name: string): Refusal {
  return { code: 'NL007', summary: `${show(name)} is not a regular file`, hint: 'name a file' };
}

function tooLarge(name: string, largest: number): Refusal {
  return { code: 'NL008', summary: `${show(name)} is larger than ${String(largest / 1024)} KiB`, tooLarge: true };
}

function tooMuch(): Refusal {
  const size = `${String(LARGEST_TOTAL / 1024 / 1024)} MiB`;
  return { code: 'NL008', summary: `the files that the topology names are larger than ${size} together` };
}

function tooMany(): Reading {
  return refused({ code: 'NL008', summary: `the topology names more than ${String(MOST_FILES)} files` });
}

function hintOf(path: string): string | undefined {
  return /[*?[{]/.test(path) ? 'a path has no wildcards; name each file' : undefined;
}
