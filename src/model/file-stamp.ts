/** What of a file's status tells one save from another. */
interface FileStatus {
  readonly ino: number;
  readonly mtimeMs: number;
  readonly size: number;
}

/** The stamp of a path that leads to no file. */
export const NO_FILE = '';

/** Returns a text that differs between two saves of a file, also when the same content was saved again. */
export function fileStamp({ ino, mtimeMs, size }: FileStatus): string {
  return `${String(ino)}:${String(mtimeMs)}:${String(size)}`;
}
