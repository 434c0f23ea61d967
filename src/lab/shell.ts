import { commandLine } from '../model/command-line.ts';
import { openShell } from '../hosts/shell.ts';
import type { Host, Shell, ShellOptions } from '../model/host.ts';
import { enterMember, labEntry, type RunningLab } from './entry.ts';
import type { LabTopology } from './shape.ts';

function rightsHint(lab: string): string {
  return `the lab is damaged; run \`${commandLine('lab', 'down', lab)}\``;
}

/** Opens a shell in the namespaces of a lab's switches. */
export function openFabric(lab: RunningLab, options?: ShellOptions): Promise<Shell> {
  const [file = '', ...args] = labEntry(lab);
  const description = `lab ${lab.name}`;
  return openShell({
    node: 'switches',
    description,
    file,
    args: [...args, 'sh'],
    rightsHint: rightsHint(lab.name),
    ...options,
  });
}

/** Returns a member of the lab as a host. The lab must be up when a shell is opened. */
export function labHost(topology: LabTopology, name: string): Host {
  const description = `lab ${topology.doc.name}`;
  return {
    node: name,
    description,
    open: async (options) => {
      const [file = '', ...args] = await enterMember(topology, name);
      return openShell({
        node: name,
        description,
        file,
        // It is the connection of the machine that the lab is on.
        args: [...args, 'env', '-u', 'SSH_CONNECTION', 'sh'],
        rightsHint: rightsHint(topology.doc.name),
        ...options,
      });
    },
  };
}
