import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { run } from './run.mjs';
import { bold, dim, say, seconds, Stop, ticking } from './say.mjs';

/** @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} LockFile */

/** Stops unless this Node is one that package.json's "engines" allows (`>=X.Y`). */
export function checkNode(version = process.versions.node) {
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node;
  const [major = 0, minor = 0] = numbers(wanted);
  const [ourMajor = 0, ourMinor = 0] = numbers(version);
  if (ourMajor > major || (ourMajor === major && ourMinor >= minor)) return;
  throw new Stop(`netloom needs Node ${wanted}, this is ${version}. Newer ones: https://nodejs.org/en/download`);
}

/** @param {string} text */
function numbers(text) {
  return (text.match(/\d+/g) ?? []).map(Number);
}

/** Runs `npm ci` unless node_modules already holds exactly what the lock file names. */
export async function ensureNpmPackages() {
  const why = staleBecause(readLock('package-lock.json'), readLock('node_modules/.package-lock.json'));
  if (why === undefined) return;
  say(`${bold('Installing npm packages')} ${dim(`(${why})`)}`);
  let output = '';
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const ended = await ticking(
      run(['npm', 'ci', '--include=dev', '--no-progress', '--loglevel=error'], { limit: 10 * 60_000 }),
    );
    output = ended.output.trim();
    if (ended.code === 0) {
      say(dim(`  done in ${seconds(ended.milliseconds)}`));
      return;
    }
    if (/EBADENGINE|EUSAGE|ENOSPC|EACCES/.test(output)) break;
  }
  throw new Stop(`npm ci failed:\n${output}`);
}

/**
 * Why what is installed (npm's own record of it) is not what the lock file names; undefined when it is.
 * @param {LockFile | undefined} wanted
 * @param {LockFile | undefined} installed
 */
export function staleBecause(wanted, installed) {
  if (wanted === undefined) throw new Stop('there is no package-lock.json: is this a whole clone?');
  if (installed === undefined) return 'none are there yet';
  const standing = installed.packages ?? {};
  const named = Object.entries(wanted.packages ?? {}).filter(([path]) => path !== '');
  for (const [path, entry] of named) {
    const stands = standing[path];
    if (stands === undefined) {
      // A package for another kind of machine is in the lock file and never installed.
      if (entry.optional !== true) return `${path.replace('node_modules/', '')} is missing`;
    } else if (stands.version !== entry.version || stands.integrity !== entry.integrity) {
      return `${path.replace('node_modules/', '')} has changed`;
    }
  }
  return undefined;
}

/** @param {string} name @returns {LockFile | undefined} */
function readLock(name) {
  try {
    return JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
  } catch {
    return undefined;
  }
}
