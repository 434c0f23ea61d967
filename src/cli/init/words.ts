import { basename, extname } from 'node:path';
import { pathToFileURL } from 'node:url';

const NAME = /^[a-z0-9][a-z0-9-]{0,18}$/;

/** Returns a name for a new topology: the stem of its file, or `demo` if the stem is `topology` or not a valid name. */
export function nameFor(file: string): string {
  const stem = basename(file, extname(file)).toLowerCase();
  return NAME.test(stem) && stem !== 'topology' ? stem : 'demo';
}

/** Returns the path of a schema for the first line of a file: as a URL if it has white space, where editors cut it. */
export function schemaWord(path: string): string {
  return /\s/.test(path) ? pathToFileURL(path).href : path;
}
