import type { Host } from '../model/host.ts';
import { labHost, type LabTopology } from '../lab/index.ts';
import { localHost } from './local.ts';
import { sshHost } from './ssh.ts';

/**
 * How each node of a topology is reached, in the order of the file.
 * With `lab`, every node is the embedded lab's, whatever its `reach` says.
 */
export function hostsFor(topology: LabTopology, options: { readonly lab: boolean }): Map<string, Host> {
  return new Map(
    Object.entries(topology.doc.nodes ?? {}).map(([node, { reach }]) => {
      if (options.lab || reach?.via === 'lab') return [node, labHost(topology, node)];
      return [node, reach?.via === 'ssh' ? sshHost(node, reach) : localHost(node)];
    }),
  );
}
