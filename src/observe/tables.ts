import { ipProbe } from '../kernel/probes/ip.ts';
import { TABLE_PROBES } from '../kernel/probes/tables.ts';
import type { Shell } from '../model/host.ts';
import type { NamespaceProbe } from '../model/probe.ts';
import type { NamespaceTables } from '../model/state.ts';
import { observeNode } from './observe.ts';

/** The links of a namespace tell whether it is ours. */
const PROBES = [ipProbe, ...Object.values(TABLE_PROBES)];

/** Reads the tables of a node's own namespace and of ours: nine processes a namespace. */
export async function readTables(shell: Shell, topology: string): Promise<readonly NamespaceTables[]> {
  const { node, namespaces } = await observeNode(shell, topology, { probes: PROBES });
  return namespaces.flatMap(({ netns, get }): NamespaceTables[] => {
    const read = <T>(probe: NamespaceProbe<T>): T => {
      const lines = get(probe);
      if (lines === undefined) throw new Error(`${probe.id} of ${node} is missing`);
      return lines;
    };
    if (get(TABLE_PROBES.rules) === undefined) return [];
    return [
      {
        netns,
        nftables: read(TABLE_PROBES.nftables),
        rules: read(TABLE_PROBES.rules),
        routes: read(TABLE_PROBES.routes),
        neighbours: read(TABLE_PROBES.neighbours),
        fdb: read(TABLE_PROBES.fdb),
      },
    ];
  });
}
