import { dirname } from 'node:path/posix';
import type { Command } from '../../model/command.ts';
import type { NodeView } from '../../model/probe.ts';
import { filesProbe } from '../../kernel/probes/files.ts';
import { programText } from '../../programs/text.ts';
import { stampFile } from './stamp.ts';

/**
 * Returns the files of a daemon that have not changed since it read them. Changed ones may have their content again,
 * but another program may have sent it SIGHUP in between, and what it has in memory can't be asked for. A time in the
 * future, which is left by a clock that was set back, says nothing. Without a stamp it is restarted anyway.
 */
export function unchangedFiles(view: NodeView, state: string): readonly string[] {
  const { files, now } = view.get(filesProbe) ?? { files: [], now: 0 };
  const stamp = files.find(({ path }) => path === stampFile(state));
  const folder = `${dirname(state)}/`;
  return files
    .filter(({ path }) => path.startsWith(folder) && !path.startsWith(`${state}/`))
    .filter(({ ctime }) => stamp === undefined || ctime <= stamp.ctime || Math.floor(ctime) > now)
    .map(({ path }) => path)
    .sort();
}

/** The mode and owner of each folder: a daemon reads its files as an ordinary user, and none may write there. */
const OPEN = '755 0:0';

/** Returns the folders of a daemon, and those that lead to them, whose mode or owner is another one. */
export function closedFolders(view: NodeView, state: string): readonly string[] {
  const folder = dirname(state);
  return (view.get(filesProbe)?.folders ?? [])
    .filter(({ mode, owner }) => `${mode} ${owner}` !== OPEN)
    .filter(({ path }) => path === folder || path.startsWith(`${folder}/`) || folder.startsWith(`${path}/`))
    .map(({ path }) => path)
    .sort();
}

const OPEN_FOLDERS = programText(new URL('./open-folders.sh', import.meta.url));

/** Returns the command that gives folders their mode and owner again. */
export function openFolders(folders: readonly string[]): readonly Command[] {
  return folders.length === 0
    ? []
    : [{ tool: 'exec', netns: null, argv: ['sh', '-c', OPEN_FOLDERS, 'sh', OPEN, ...folders] }];
}
