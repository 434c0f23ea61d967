import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Returns the folder of netloom's state on this machine (XDG Base Directory Specification): of the user, or
 * /var/lib/netloom of root; `undefined` if the user has no home.
 */
export function stateFolder({ XDG_STATE_HOME: given = '' }: NodeJS.ProcessEnv, isRoot: boolean): string | undefined {
  if (isAbsolute(given)) return join(given, 'netloom');
  if (isRoot) return '/var/lib/netloom';
  try {
    const home = homedir();
    return isAbsolute(home) ? join(home, '.local', 'state', 'netloom') : undefined;
  } catch {
    return undefined;
  }
}
