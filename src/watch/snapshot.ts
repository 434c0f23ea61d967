import { readFile, stat } from 'node:fs/promises';

/** A file as it was found: its text, and what tells two saves of the same text apart. */
export interface Snapshot {
  readonly text: string;
  readonly save: string;
}

/** The file as it is now; `undefined` when there is none. */
export async function snapshot(file: string): Promise<Snapshot | undefined> {
  try {
    const { ino, mtimeMs } = await stat(file);
    return { text: await readFile(file, 'utf8'), save: `${String(ino)}:${String(mtimeMs)}` };
  } catch {
    return undefined;
  }
}

/**
 * Whether a file is to be run (again). The same save never is, so that two events of one save run once. The same text
 * saved again is, for whoever saves wants a look at the network; but not after it has failed.
 */
export function worthRunning(now: Snapshot, before: Snapshot | undefined, failed: boolean): boolean {
  if (before === undefined) return true;
  if (now.text !== before.text) return true;
  return !failed && now.save !== before.save;
}
