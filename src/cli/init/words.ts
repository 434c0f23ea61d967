import { basename, extname } from 'node:path';
import { pathToFileURL } from 'node:url';

const NAME = /^[a-z0-9][a-z0-9-]{0,18}$/;

/** Returns the name of a new topology: that of its file, or `demo` if that says nothing or cannot be a name. */
export function nameFor(file: string): string {
  const stem = basename(file, extname(file)).toLowerCase();
  return NAME.test(stem) && stem !== 'topology' ? stem : 'demo';
}

/** Returns the path of a schema as editors read it in the first line of a file, where white space would end it. */
export function schemaWord(path: string): string {
  return /\s/.test(path) ? pathToFileURL(path).href : path;
}
