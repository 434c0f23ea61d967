import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { watch as chokidar } from 'chokidar';
import type { ChangeSource } from './change-source.ts';
import { linksOf } from './links.ts';
import { hasNoEvents, POLL_MS, pollFiles } from './poll.ts';

type OnChange = () => void;
type OnError = (message: string) => void;

/** How files are watched. */
export interface SourceOptions {
  readonly onError: OnError;
  /** Look at them so often, in milliseconds; by default only where the file system reports no events. */
  readonly pollMs?: number;
}

/** Watches a file, and later those that it names. */
export async function watchFile(
  file: string,
  onChange: OnChange,
  { onError, pollMs }: SourceOptions,
): Promise<ChangeSource> {
  const root = dirname(resolve(file));
  const pollEvery = pollMs ?? ((await hasNoEvents(root)) ? POLL_MS : undefined);
  if (pollEvery !== undefined) return pollFiles(file, onChange, pollEvery);
  const main = await watchMain(root, basename(file), onChange, onError);
  let others: readonly { close(): void }[] = [];
  const follow = async (files: readonly string[]): Promise<void> => {
    for (const other of others) other.close();
    others = await watchOthers(root, [...files, ...(await linksOf(resolve(file)))], onChange, onError);
  };
  await follow([]);
  return {
    follow,
    async close() {
      for (const other of others) other.close();
      await main.close();
    },
  };
}

/**
 * Watches the folder of a file for events of this file alone. The folder, because a watch on the file itself ends
 * with the file, and most editors save by renaming a new file over the old one.
 */
function watchMain(
  folder: string,
  name: string,
  onChange: OnChange,
  onError: OnError,
): Promise<{ close(): Promise<void> }> {
  const watcher = chokidar(folder, {
    depth: 0,
    ignoreInitial: true,
    ignored: (candidate) => dirname(resolve(candidate)) === folder && basename(candidate) !== name,
  });
  watcher.on('error', (error) => {
    onError(messageOf(error));
  });
  watcher.on('all', onChange);
  return new Promise((settle) => {
    watcher.once('ready', () => {
      settle(watcher);
    });
  });
}

/**
 * Watches the folders of files for events of these files, and the folders between `root` and a file, each of which can
 * be replaced as a file can. A watch of chokidar would keep watching the replaced folder.
 */
async function watchOthers(
  root: string,
  files: readonly string[],
  onChange: OnChange,
  onError: OnError,
): Promise<{ close(): void }[]> {
  const watchers: { close(): void }[] = [];
  // Outer folders first: their watch reports an inner folder that is created meanwhile.
  const folders = [...watchedNames(root, files)].sort(([a], [b]) => a.length - b.length);
  for (const [folder, names] of folders) {
    if (!(await isFolder(folder))) continue;
    try {
      const watcher = watch(folder, (_, name) => {
        if (name === null || names.has(name)) onChange();
      });
      watcher.on('error', (error) => {
        onError(messageOf(error));
      });
      watchers.push(watcher);
    } catch (error) {
      onError(messageOf(error));
    }
  }
  return watchers;
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

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
