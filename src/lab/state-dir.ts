import { constants, realpathSync } from 'node:fs';
import { access, chmod, lstat, mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { labError } from './errors.ts';
import { HOLDER_SCRIPT, LAB_FILES } from './scripts/index.ts';

/** Our user id as the kernel sees it. */
export function userId(): number {
  return process.geteuid?.() ?? 0;
}

/** The folder that holds the state of all labs of this user. */
export function labsDir(): string {
  const parent = os.tmpdir();
  try {
    return path.join(realpathSync(parent), `netloom-${String(userId())}`);
  } catch (error) {
    throw refused(parent, String(error));
  }
}

const NAME = /^[a-z0-9][a-z0-9-]{0,18}$/;

/** The file in a lab's folder that has the absolute path of the topology's file; empty for standard input. */
export const TOPOLOGY_FILE = 'topology';

/** True for a name that a lab can have. */
export function isLabName(name: string): boolean {
  return NAME.test(name);
}

/** The folder that holds the state of one lab: its lock, its pid, its scripts and its log. */
export function stateDir(name: string): string {
  // It is removed with all that is in it: a name must not lead elsewhere.
  if (isLabName(name)) return path.join(labsDir(), name);
  throw labError({ code: 'NLL012', summary: `${JSON.stringify(name)} is not the name of a topology` });
}

/** True when the lab's folder is there (which does not mean that the lab is up). */
export async function hasStateDir(name: string): Promise<boolean> {
  return access(stateDir(name), constants.F_OK).then(
    () => true,
    () => false,
  );
}

/** Makes a folder only we can enter; one that is there must be just that. */
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
 * The temporary folder is everybody's, and who owns a lab's folder decides what the lab runs and what we enter.
 * @throws DiagnosticError (NLL001) when a folder is not ours alone.
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

/** Writes the scripts a new lab starts from. */
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
