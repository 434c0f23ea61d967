import { basename, dirname, resolve } from 'node:path';
import { watch as chokidar } from 'chokidar';

/** Says that a file may have changed; nothing more is to be read from it. */
export interface ChangeSource {
  close(): Promise<void>;
}

/**
 * Watches the folder of a file for what happens to this file alone. The folder, because a watch on the file itself ends
 * with the file, and most editors save by renaming a new file over the old one.
 */
export function watchFile(
  file: string,
  onChange: () => void,
  onTrouble: (message: string) => void,
): Promise<ChangeSource> {
  const path = resolve(file);
  const folder = dirname(path);
  const watcher = chokidar(folder, {
    depth: 0,
    ignoreInitial: true,
    ignored: (candidate) => dirname(resolve(candidate)) === folder && basename(candidate) !== basename(path),
  });
  watcher.on('error', (error) => {
    onTrouble(error instanceof Error ? error.message : String(error));
  });
  watcher.on('all', onChange);
  const source = { close: () => watcher.close() };
  return new Promise((settle) => {
    watcher.once('ready', () => {
      settle(source);
    });
  });
}
