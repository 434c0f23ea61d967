import type { Command } from '../../model/command.ts';
import type { Kind } from '../../model/kind.ts';
import type { Resource } from '../../model/resource.ts';
import { filesProbe } from '../../kernel/probes/files.ts';
import { ledgerFile } from '../../kernel/effects/owed.ts';
import { fileFields } from './fields.ts';
import type { FileSpec } from './spec.ts';
import { FILE } from './spec.ts';

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** A new file is root's, whatever owner it had. */
function write({ name, spec: { owner: _, ...spec } }: Resource<FileSpec>): Command[] {
  return [{ tool: 'write', path: name, ...spec }];
}

/** A file below the topology's own folder in /run. */
export const fileKind: Kind<FileSpec> = {
  name: FILE,
  ...fileFields,
  ownership: {
    ours: 'path below `/run/netloom/<topology>/`, except files in a folder named `state` and the file `debts`',
    notes: 'lost at a reboot, like the namespaces',
  },
  describe: () => '',
  shown: () => ({ servesOrigin: true }),
  probes: [filesProbe],

  *observe(view, topology) {
    for (const { path, ctime: _, ...spec } of view.get(filesProbe)?.files ?? []) {
      if (path.includes('/state/') || path === ledgerFile(topology)) continue;
      yield { node: view.node, netns: null, kind: FILE, name: path, owner: 'ours', spec };
    }
  },

  needs: () => [],
  create: write,
  update: write,
  // The folder above is this topology's: it is deleted with its last file.
  remove: ({ name }) => [{ tool: 'unlink', path: name, emptied: [folderOf(name)] }],
};
