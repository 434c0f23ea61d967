import { access, constants, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { clean } from '../render/clean.ts';
import { cliError } from './error.ts';

/**
 * Creates a file; the umask limits its mode. An existing file with a text that `replaces` accepts is replaced.
 * @throws DiagnosticError NLX25 if it exists, NLX26 if that fails
 */
export async function createFile(
  file: string,
  text: string | Uint8Array,
  mode = 0o666,
  replaces: (old: string) => boolean = () => false,
): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx', mode });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      if (replaces(await readFile(file, 'utf8').catch(() => ''))) return createAgain(file, text, mode);
      throw cliError('NLX25', `${clean(file)} exists and is not overwritten`, { hint: 'name another file' });
    }
    // It was created, and only a part of it is there.
    if (['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].includes(codeOf(error))) await rm(file, { force: true });
    throw unwritable(file, error);
  }
}

/** Replaces a file by another one, atomically. */
async function createAgain(file: string, text: string | Uint8Array, mode: number): Promise<void> {
  const beside = join(dirname(file), `.${basename(file)}.${String(process.pid)}`);
  await createFile(beside, text, mode);
  try {
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw unwritable(file, error);
  }
}

/**
 * Replaces the text of a file atomically: a reader gets the old text or the new one. A symbolic link, the mode and the
 * owner stay; a hard link is cut. @throws DiagnosticError NLX26 if it cannot be written
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  let temporary: string | undefined;
  try {
    const target = await realpath(file);
    // The folder's permissions decide over the replacement; those of the file must be obeyed too.
    await access(target, constants.W_OK);
    const { mode, uid, gid } = await stat(target);
    const name = join(dirname(target), `.${basename(target)}.${String(process.pid)}`);
    const handle = await open(name, 'wx', 0o600);
    temporary = name;
    try {
      await handle.writeFile(text);
      const created = await handle.stat();
      if (created.uid !== uid || created.gid !== gid) await handle.chown(uid, gid);
      await handle.chmod(mode & 0o7777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(name, target);
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { force: true });
    throw unwritable(file, error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'only its owner can keep its owner and group',
  EISDIR: 'it is a folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** Returns the error of a file that cannot be written (NLX26). */
export function unwritable(file: string, error: unknown): Error {
  const code = codeOf(error);
  return cliError('NLX26', `cannot write ${clean(file)}: ${REASONS[code] ?? code}`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
