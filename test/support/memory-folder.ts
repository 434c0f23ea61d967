import { basename, dirname, join } from 'node:path';
import type { Folder, Reading } from '../../src/topology/include/folder.ts';

/** The folder of a topology file that is kept in memory, with the files beside it. */
export function memoryFolder(main: string, files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const readings: { path: string; largest: number; reading: Reading }[] = [];
  const nameOf = (path: string): string => join(dirname(main), path);
  const read = (path: string, largest: number): Reading => {
    const content = files[nameOf(path)];
    const reading: Reading =
      content === undefined
        ? { refusal: { code: 'NL005', summary: `cannot read "${nameOf(path)}": there is no such file` } }
        : { content: { bytes: Buffer.from(content), identity: nameOf(path) } };
    readings.push({ path, largest, reading });
    return reading;
  };
  return {
    main: { path: basename(main), identity: main },
    read,
    nameOf,
    readings,
    stamps: () => new Map(readings.map(({ path }) => [nameOf(path), '1'])),
  };
}
