import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './lib/paths.mjs';

/**
 * What has to be on the machine: the command looked for, the Debian package that brings it, and what it is for.
 * `run` is needed on every node, `lab` by the embedded lab, `test` by the tests alone, `slow-test` by the slow
 * ones alone, `package` by `npm run package`. `lack` says what does not work without it, where the rest does.
 * @typedef {'run' | 'lab' | 'test' | 'slow-test' | 'package'} Purpose
 * @typedef {{
 *   command: string, package: string, for: string, needed: Purpose, lack?: string, area?: string
 * }} Requirement
 */

/** The one list, shared with `netloom doctor`. */
export const REQUIREMENTS_FILE = join(ROOT, 'src/doctor/requirements.json');

/** What packages are made with and checked by. Doctor does not list these: no network needs them. */
/** @type {readonly Requirement[]} */
const PACKAGING = [
  { command: 'strip', package: 'binutils', for: 'the single executable', needed: 'package' },
  { command: 'dpkg-deb', package: 'dpkg', for: 'the Debian package', needed: 'package' },
  { command: 'lintian', package: 'lintian', for: 'the test of the Debian package', needed: 'slow-test' },
];

/** Where system commands live on Debian; an ordinary user's PATH often lacks the sbin folders. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The caller's PATH with the system folders that it lacks. */
export function searchPath(path = process.env['PATH'] ?? '') {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  return [...folders, ...SYSTEM_FOLDERS.filter((folder) => !folders.includes(folder))].join(delimiter);
}

/**
 * The list, limited to the purposes named.
 * @param {readonly Requirement['needed'][]} purposes
 */
export function requirementsFor(purposes) {
  const all = /** @type {Requirement[]} */ (JSON.parse(readFileSync(REQUIREMENTS_FILE, 'utf8')));
  return [...all, ...PACKAGING].filter((requirement) => purposes.includes(requirement.needed));
}

/**
 * True when a command of that name can be executed.
 * @param {string} command
 */
export function hasCommand(command, path = searchPath()) {
  return path.split(delimiter).some((folder) => isExecutable(join(folder, command)));
}

/**
 * The requirements whose command is not there.
 * @param {readonly Requirement['needed'][]} purposes
 */
export function missingRequirements(purposes, path = searchPath()) {
  return requirementsFor(purposes).filter((requirement) => !hasCommand(requirement.command, path));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
