import { nodeNamespace } from '../../kernel/links/owner.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import { topologyOf } from '../../kernel/netfilter/table-mark.ts';
import type { Marks } from '../../model/trace.ts';
import { FAMILIES } from './observe.ts';

/**
 * Tables of the node's own namespace, which hold the rules of a router without a namespace, by the chain that marks
 * them.
 */
export const tableMarks: Marks = {
  probes: FAMILIES.map((family) => iptablesSaveProbes[family]),
  *traces(view) {
    for (const family of FAMILIES) {
      const program = family === 6 ? 'ip6tables' : 'iptables';
      for (const [table, chains] of nodeNamespace(view)?.get(iptablesSaveProbes[family]) ?? []) {
        for (const says of [...chains.keys()].flatMap((chain) => topologyOf(chain) ?? [])) {
          yield { node: view.node, netns: null, sort: 'table', name: `${table} of ${program}`, says };
        }
      }
    }
  },
};
