import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** The folder in which downloaded packages are cached. */
export function cacheFolder(name: string): string {
  return path.resolve(import.meta.dirname, '../../../node_modules/.cache', name);
}

/**
 * Downloads Debian packages and unpacks them below a folder, without installing them. Throws with the output of apt-get
 * or dpkg.
 */
export function unpacked(cache: string, names: () => readonly string[]): string {
  const packages = path.join(cache, 'packages');
  if (!existsSync(packages)) fetchPackages(cache, packages, names);
  return packages;
}

function fetchPackages(cache: string, packages: string, names: () => readonly string[]): void {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'fetch-'));
  try {
    const download = (): void => {
      execFileSync('apt-get', ['download', ...names()], { cwd: folder, stdio: 'pipe' });
    };
    try {
      download();
    } catch {
      // A fresh system has no package lists, and old lists may be outdated.
      execFileSync('apt-get', ['update'], { stdio: 'pipe' });
      download();
    }
    for (const archive of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
      execFileSync('dpkg', ['-x', path.join(folder, archive), path.join(folder, 'unpacked')], { stdio: 'pipe' });
    }
    renameSync(path.join(folder, 'unpacked'), packages);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
