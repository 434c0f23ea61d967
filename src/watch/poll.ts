import { stat, statfs } from 'node:fs/promises';
import { fileStamp, NO_FILE } from '../model/file-stamp.ts';
import type { ChangeSource } from './change-source.ts';

/** How often files are looked at where the file system reports no events. */
export const POLL_MS = 2000;

/**
 * File systems whose files can be changed without an event, because another machine changes them: NFS, SMB, SMB 2,
 * CIFS, Ceph, AFS, 9P, FUSE and virtiofs, and shared folders of VirtualBox (linux/magic.h).
 */
const REMOTE: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x00c36400, 0x5346414f, 0x01021997, 0x65735546, 0x786f4256,
]);

/** Returns whether files of a folder can be changed without an event. */
export async function hasNoEvents(folder: string): Promise<boolean> {
  return statfs(folder).then(
    ({ type }) => REMOTE.has(type >>> 0),
    () => false,
  );
}

/** Looks at a file, and at those that it names, again and again. */
export function pollFiles(file: string, onChange: () => void, everyMs: number): ChangeSource {
  let files: readonly string[] = [file];
  let before: string | undefined;
  let closed = false;
  const look = async (): Promise<void> => {
    const now = (await Promise.all(files.map(stampOf))).join('\n');
    if (!closed && before !== undefined && now !== before) onChange();
    before = now;
  };
  const timer = setInterval(() => void look(), everyMs);
  return {
    async follow(others) {
      files = [file, ...others];
      before = undefined;
      await look();
    },
    close() {
      closed = true;
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}

/** Returns the stamp of the file itself, whatever links lead to it. */
async function stampOf(path: string): Promise<string> {
  return stat(path).then(fileStamp, () => NO_FILE);
}
