import { constants, realpathSync } from 'node:fs';
import { access, chmod, lstat, mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { labError } from './errors.ts';
import { HOLDER_SCRIPT, LAB_FILES } from './scripts/index.ts';

/** Returns the effective user id of this process. */
export function userId(): number {
  return process.geteuid?.() ?? 0;
}

/** Returns the folder with the state of all labs of this user. */
export function labsDir(): string {
  const parent = os.tmpdir();
  try {
    return path.join(realpathSync(parent), `netloom-${String(userId())}`);
  } catch (error) {
    throw refused(parent, String(error));
  }
}

const NAME = /^[a-z0-9][a-z0-9-]{0,18}$/;

/** The name of the file in a lab's folder with the absolute path of the topology file; empty for standard input. */
export const TOPOLOGY_FILE = 'topology';

/** True for a valid name of a lab. */
export function isLabName(name: string): boolean {
  return NAME.test(name);
}

/** Returns the folder with the state of one lab: its lock, pid, scripts and log. @throws DiagnosticError NLL012 */
export function stateDir(name: string): string {
  // It is removed recursively: a name must not be a path to another folder.
  if (isLabName(name)) return path.join(labsDir(), name);
  throw labError({ code: 'NLL012', summary: `${JSON.stringify(name)} is not the name of a topology` });
}

/** True if the lab's folder exists, which does not mean that the lab is up. */
export async function hasStateDir(name: string): Promise<boolean> {
  return access(stateDir(name), constants.F_OK).then(
    () => true,
    () => false,
  );
}

/** Creates a folder with mode 0700. A folder that exists must be private already. @throws DiagnosticError NLL001 */
export async function privateDir(dir: string): Promise<void> {
  try {
    await mkdir(dir, { mode: 0o700 });
    await chmod(dir, 0o700);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw refused(dir, String(error));
  }
  await checkPrivate(dir);
}

/**
 * Checks that a folder belongs to this user and is closed to others. All users can write to the temporary folder, and
 * the owner of a lab's folder controls the scripts that the lab runs and the processes that netloom enters.
 * @throws DiagnosticError NLL001 if it is not
 */
export async function checkPrivate(dir: string): Promise<void> {
  const found = await lstat(dir);
  if (!found.isDirectory()) throw refused(dir, 'It is not a folder.');
  if (found.uid !== userId()) throw refused(dir, `It belongs to user ${String(found.uid)}.`);
  if ((found.mode & 0o077) !== 0) throw refused(dir, `Others may enter it: mode ${(found.mode & 0o777).toString(8)}.`);
}

function refused(dir: string, detail: string): Error {
  return labError({
    code: 'NLL001',
    summary: `The lab's folder ${dir} cannot be used`,
    detail,
    hint: 'Remove it, or set TMPDIR to a folder of your own.',
  });
}

/** Writes the scripts of a new lab. */
export async function writeLabFiles(dir: string): Promise<void> {
  const bin = path.join(dir, 'bin');
  await privateDir(dir);
  await privateDir(bin);
  await Promise.all([
    writeFile(path.join(dir, 'holder.sh'), HOLDER_SCRIPT),
    // The DHCP client starts its script by name.
    ...Object.entries(LAB_FILES).map(([name, text]) => writeFile(path.join(bin, name), text, { mode: 0o755 })),
  ]);
}
