import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Returns the folder of netloom's state on this machine (XDG Base Directory Specification): of the user, or
 * /var/lib/netloom of root; `undefined` if the user has no home.
 */
export function stateFolder({ XDG_STATE_HOME: given = '' }: NodeJS.ProcessEnv, isRoot: boolean): string | undefined {
  return folderOf(given, isRoot, '/var/lib/netloom', '.local/state');
}

/** Returns the folder of what netloom can work out again, likewise: /var/cache/netloom of root. */
export function cacheFolder({ XDG_CACHE_HOME: given = '' }: NodeJS.ProcessEnv, isRoot: boolean): string | undefined {
  return folderOf(given, isRoot, '/var/cache/netloom', '.cache');
}

function folderOf(given: string, isRoot: boolean, ofRoot: string, inHome: string): string | undefined {
  if (isAbsolute(given)) return join(given, 'netloom');
  if (isRoot) return ofRoot;
  try {
    const home = homedir();
    return isAbsolute(home) ? join(home, inHome, 'netloom') : undefined;
  } catch {
    return undefined;
  }
}
