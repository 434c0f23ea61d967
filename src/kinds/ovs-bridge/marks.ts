import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { nameInIds } from '../../kernel/openvswitch/mark.ts';
import type { Marks } from '../../model/trace.ts';

/** Rows of the database, of bridges, ports and interfaces. */
export const rowMarks: Marks = {
  probes: [ovsProbe],

  // A bridge's local port and its interface have its name, and a mark of their own or none: one trace per name.
  *traces({ node, get }) {
    const { bridges, ports, interfaces } = get(ovsProbe) ?? {};
    const seen = new Set<string>();
    for (const { name, ids } of [bridges, ports, interfaces].flatMap((table) => [...(table?.values() ?? [])])) {
      const says = nameInIds(ids);
      if (says === undefined || seen.size === seen.add(`${name} ${says}`).size) continue;
      yield { node, netns: null, sort: 'ovs-row', name, says };
    }
  },

  silent({ get }) {
    const ovs = get(ovsProbe);
    return ovs?.state === 'silent' ? ovs.why : undefined;
  },
};
