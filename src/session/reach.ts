import type { Host } from '../model/host.ts';
import { labHost, type LabTopology } from '../lab/index.ts';
import { localHost } from '../hosts/local.ts';
import { sshHost, type SshReach } from '../hosts/ssh.ts';

/**
 * Returns how each node is reached, in the order of the file. With `lab`, every node is in the lab, whatever `reach` it
 * has.
 */
export function hostsFor(topology: LabTopology, options: { readonly lab: boolean }): Map<string, Host> {
  return new Map(
    Object.entries(topology.doc.nodes ?? {}).map(([node, { reach }]) => {
      if (options.lab || reach?.via === 'lab') return [node, labHost(topology, node)];
      return [node, reach?.via === 'ssh' ? sshHost(node, reach) : localHost(node)];
    }),
  );
}

/** The node name of the machine that netloom runs on, where no file names it. */
const THIS_MACHINE = 'localhost';

/**
 * Returns machines without a topology: those reached by SSH, by the names that the user gave, or this one if there are
 * none.
 */
export function hostsAt(reaches: ReadonlyMap<string, SshReach>): Map<string, Host> {
  if (reaches.size === 0) return new Map([[THIS_MACHINE, localHost(THIS_MACHINE)]]);
  return new Map([...reaches].map(([name, reach]) => [name, sshHost(name, reach)]));
}
