import { readFile, stat } from 'node:fs/promises';
import { fileStamp, NO_FILE } from '../model/file-stamp.ts';

/** The content of a file, and the stamps of the files that it names. */
export interface Snapshot {
  readonly text: string;
  /** The `fileStamp` of the file: two saves of the same text have different ones. */
  readonly save: string;
  /** The stamps of the files that it names. */
  readonly others: string;
}

/** Returns the file as it is now, with the stamps of other files; `undefined` if it does not exist. */
export async function snapshot(file: string, others: Iterable<string>): Promise<Snapshot | undefined> {
  try {
    const save = fileStamp(await stat(file));
    const text = await readFile(file, 'utf8');
    const stamps = await Promise.all([...others].map(async (path) => [path, await stampAt(path)] as const));
    return { text, save, others: stampsText(new Map(stamps)) };
  } catch {
    return undefined;
  }
}

/** Returns stamps as a text that can be compared. */
export function stampsText(stamps: ReadonlyMap<string, string>): string {
  return JSON.stringify([...stamps]);
}

/** Returns the stamp of a file without opening it: it may be a FIFO. */
async function stampAt(path: string): Promise<string> {
  return stat(path).then(fileStamp, () => NO_FILE);
}

/**
 * Returns true if a saved file must be applied. Two events of one save count once. The same text saved again counts,
 * since its author wants the network to be read again, unless its apply failed.
 */
export function worthRunning(now: Snapshot, before: Snapshot | undefined, failed: boolean): boolean {
  if (before === undefined) return true;
  if (now.text !== before.text || now.others !== before.others) return true;
  return !failed && now.save !== before.save;
}
