import { posix } from 'node:path';
import { show } from '../show.ts';
import type { Folder, Reading } from './folder.ts';

/**
 * The path of `named` in the file at `from`, relative to the folder of the main file; `undefined` if it is outside the
 * folder.
 */
export function pathFrom(from: string, named: string): string | undefined {
  const path = posix.join(posix.dirname(from), named);
  return named.startsWith('/') || path === '..' || path.startsWith('../') ? undefined : path;
}

/** A file that a file of the topology names. */
export interface Named {
  readonly folder: Folder | undefined;
  /** The path of the file that names it. */
  readonly from: string;
  readonly named: string;
  readonly largest: number;
}

/** Reads a file that a file of the topology names. Its path is relative to the folder of the naming file. */
export function readNamed({ folder, from, named, largest }: Named): Reading & { readonly path?: string } {
  if (folder === undefined) {
    const summary = `cannot read ${show(named)}: a topology that comes from standard input or a pipe has no folder`;
    return { refusal: { code: 'NL005', summary, hint: 'save the topology as a file, and name that file' } };
  }
  const path = pathFrom(from, named);
  if (path === undefined) {
    const summary = `${show(named)} is outside the folder of the topology`;
    return { refusal: { code: 'NL006', summary, hint: 'move it there, and write its path relative to this file' } };
  }
  return { ...folder.read(path, largest), path };
}
