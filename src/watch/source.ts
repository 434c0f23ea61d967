import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { watch as chokidar } from 'chokidar';

/** Reports that a file may have changed; it reports nothing else. */
export interface ChangeSource {
  /** Also watches these files, in place of those of the previous call. A file and its folder need not exist. */
  follow(files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

interface Watcher {
  close(): Promise<void>;
}

type OnChange = () => void;
type OnTrouble = (message: string) => void;

/** Watches a file, and later those that it names. */
export async function watchFile(file: string, onChange: OnChange, onTrouble: OnTrouble): Promise<ChangeSource> {
  const root = dirname(resolve(file));
  const main = await watchFolder(root, new Set([basename(file)]), onChange, onTrouble);
  let others: readonly Watcher[] = [];
  return {
    async follow(files) {
      const old = others;
      others = await watchFiles(root, files, onChange, onTrouble);
      await closeAll(old);
    },
    close: () => closeAll([main, ...others]),
  };
}

/**
 * Watches the folders of files for events of these files alone. The folders, because a watch on a file ends with the
 * file, and most editors save by renaming a new file over the old one. Folders between `root` and a file are watched
 * for the same reason.
 */
async function watchFiles(
  root: string,
  files: readonly string[],
  onChange: OnChange,
  onTrouble: OnTrouble,
): Promise<readonly Watcher[]> {
  const watchers: Promise<Watcher>[] = [];
  for (const [folder, names] of watchedNames(root, files)) {
    if (await isFolder(folder)) watchers.push(watchFolder(folder, names, onChange, onTrouble));
  }
  return Promise.all(watchers);
}

/** The names to watch in each folder. */
function watchedNames(root: string, files: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  const watchName = (path: string): void => {
    const folder = dirname(path);
    names.set(folder, (names.get(folder) ?? new Set()).add(basename(path)));
    if (folder.startsWith(`${root}/`)) watchName(folder);
  };
  for (const file of files) watchName(resolve(file));
  return names;
}

function watchFolder(
  folder: string,
  names: ReadonlySet<string>,
  onChange: OnChange,
  onTrouble: OnTrouble,
): Promise<Watcher> {
  const watcher = chokidar(folder, {
    depth: 0,
    ignoreInitial: true,
    ignored: (candidate) => dirname(resolve(candidate)) === folder && !names.has(basename(candidate)),
  });
  watcher.on('error', (error) => {
    onTrouble(error instanceof Error ? error.message : String(error));
  });
  watcher.on('all', onChange);
  return new Promise((settle) => {
    watcher.once('ready', () => {
      settle(watcher);
    });
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

async function closeAll(watchers: readonly Watcher[]): Promise<void> {
  await Promise.all(watchers.map((watcher) => watcher.close()));
}
