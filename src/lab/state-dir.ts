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
  return path.join(realpathSync(os.tmpdir()), `netloom-${String(userId())}`);
}

/** The folder that holds the state of one lab: its lock, its pid, its scripts and its log. */
export function stateDir(name: string): string {
  return path.join(labsDir(), name);
}

/** True when the lab's folder is there (which does not mean that the lab is up). */
export async function hasStateDir(name: string): Promise<boolean> {
  return access(stateDir(name), constants.F_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Makes a folder only we can enter; one that is there must be just that. The temporary folder is everybody's,
 * and who owns this one decides what the lab runs.
 */
export async function privateDir(dir: string): Promise<void> {
  try {
    await mkdir(dir, { mode: 0o700 });
    await chmod(dir, 0o700);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw refused(dir, String(error));
  }
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
