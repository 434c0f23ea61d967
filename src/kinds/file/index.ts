import type { Command } from '../../model/command.ts';
import type { Kind } from '../../model/kind.ts';
import type { NodeView } from '../../model/probe.ts';
import type { Observed, Resource } from '../../model/resource.ts';
import { filesProbe, topologyFolder } from '../../kernel/probes/files.ts';
import { ledgerFile } from '../../kernel/effects/owed.ts';
import { fileFields } from './fields.ts';
import { openedFile, sealedFile } from './seal.ts';
import type { FileSpec } from './spec.ts';
import { FILE, sealOf } from './spec.ts';

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** A new file is root's, whatever owner it had. */
function write({ name, spec: { owner: _, sealed, ...spec } }: Resource<FileSpec>): Command[] {
  if (sealed) throw new Error(`the content of ${name} is not known`);
  return [{ tool: 'write', path: name, ...spec }];
}

/** What no file of a topology states. */
interface FileFacts {
  /** It is an empty folder. */
  readonly folder: true;
}

/** Returns the folders of the topology without files, which an apply that died between two commands left. */
function* emptyFolders(view: NodeView, topology: string): Iterable<Observed<FileSpec, FileFacts>> {
  const { files = [], folders = [], others = [] } = view.get(filesProbe) ?? {};
  const own = topologyFolder(topology);
  const holders = new Set([...files, ...folders, ...others].map(({ path }) => folderOf(path)));
  for (const { path, mode, owner } of folders) {
    const isOwn = path === own || path.startsWith(`${own}/`);
    if (!isOwn || holders.has(path) || `${path}/`.includes('/state/')) continue;
    const spec: FileSpec = { content: '', mode, owner };
    const incomplete = 'it is an empty folder';
    yield {
      node: view.node,
      netns: null,
      kind: FILE,
      name: path,
      owner: 'ours',
      spec,
      facts: { folder: true },
      incomplete,
    };
  }
}

/** A file below the topology's own folder in /run. */
export const fileKind: Kind<FileSpec, FileFacts> = {
  name: FILE,
  ...fileFields,
  counted: { one: 'file', many: 'files' },
  ownership: {
    ours: 'path below `/run/netloom/<topology>/`, except files in a folder named `state` and the file `debts`',
    notes: 'lost at a reboot, like the namespaces; an empty folder there is ours too',
  },
  sealed: sealedFile,
  isSealed: ({ sealed }) => sealed !== undefined,
  opened: openedFile,
  describe: () => '',
  shown: () => ({ servesOrigin: true }),
  probes: [filesProbe],
  // An empty folder has no digest.
  existence: ({ name, spec }) =>
    spec.content === '' && spec.sealed === undefined
      ? { netns: null, argv: ['ls', '-d', '--', name] }
      : { netns: null, argv: ['sha256sum', '--', name], identity: sealOf(spec).sha256 },

  *observe(view, topology) {
    for (const { path, ctime: _, ...spec } of view.get(filesProbe)?.files ?? []) {
      if (path.includes('/state/') || path === ledgerFile(topology)) continue;
      yield { node: view.node, netns: null, kind: FILE, name: path, owner: 'ours', spec };
    }
    yield* emptyFolders(view, topology);
  },

  needs: () => [],
  create: write,
  update: write,
  // The folder above is this topology's: it is deleted with its last file.
  remove: ({ name, facts }) =>
    facts?.folder === true
      ? // It stays if a file of the same plan is in it by then.
        [{ tool: 'unlink', path: `${name}/.new`, emptied: [name] }]
      : [{ tool: 'unlink', path: name, emptied: [folderOf(name)] }],
};
