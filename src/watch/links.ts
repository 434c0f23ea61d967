import { readlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** As many links as the kernel follows. */
const MOST = 40;

/**
 * Returns the symbolic links through which an absolute path leads, and the path at the end; nothing if there are none.
 * Each can be replaced: Kubernetes saves the files of a ConfigMap by another link `..data`.
 */
export async function linksOf(path: string): Promise<readonly string[]> {
  const found: string[] = [];
  let rest = path.split('/').slice(1);
  let reached = '/';
  while (rest.length > 0 && found.length < MOST) {
    const [name = '', ...more] = rest;
    const here = join(reached, name);
    const target = await readlink(here).catch(() => undefined);
    if (target === undefined) [reached, rest] = [here, more];
    else {
      found.push(here);
      rest = [...resolve(dirname(here), target).split('/').slice(1), ...more];
      reached = '/';
    }
  }
  return found.length === 0 ? [] : [...found, reached];
}
