import { basename, dirname, join } from 'node:path';
import type { Folder, Reading } from './folder.ts';

/** Returns the folder of a topology file as it was read before: nothing is read from the disk. */
export function recordedFolder(file: string, files: ReadonlyMap<string, Uint8Array>): Folder {
  const readings = new Map<string, { path: string; largest: number; reading: Reading }>();
  const nameOf = (path: string): string => join(dirname(file), path);
  return {
    main: { path: basename(file), identity: file },
    read(path, largest) {
      const known = readings.get(path)?.reading;
      if (known) return known;
      const bytes = files.get(path);
      const reading: Reading =
        bytes === undefined
          ? { refusal: { code: 'NL005', summary: `${nameOf(path)} was not recorded` } }
          : { content: { bytes, identity: nameOf(path) } };
      readings.set(path, { path, largest, reading });
      return reading;
    },
    nameOf,
    get readings() {
      return [...readings.values()];
    },
    stamps: () => new Map(),
  };
}
