import type { NodeView } from '../../model/probe.ts';
import type { Observed } from '../../model/resource.ts';
import { ipsetSaveProbe, type SavedSet } from '../../kernel/netfilter/ipset-save.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import { nodeNamespace } from '../../kernel/links/owner.ts';
import { familyOfSet } from '../../kernel/netfilter/set-names.ts';
import { ownerOfTable } from '../../kernel/netfilter/table-mark.ts';
import { isVouchedSet } from '../../kernel/netfilter/vouched.ts';
import { sortedMembers } from './members.ts';
import type { IpsetSpec } from './spec.ts';
import { IPSET } from './spec.ts';

/** The table whose rules match sets, and whose mark tells whose they are: a set can carry none. */
export const MARKING_TABLE = 'filter';

/** Returns the sets with Neutron's names. They belong to the owner of the filter table of their IP version. */
export function* observeSets(view: NodeView, topology: string): Iterable<Observed<IpsetSpec>> {
  const own = nodeNamespace(view);
  for (const [name, saved] of view.get(ipsetSaveProbe) ?? []) {
    const family = familyOfSet(name);
    if (family === undefined) continue;
    const filter = own?.get(iptablesSaveProbes[family])?.get(MARKING_TABLE);
    const owner = ownerOfTable(filter, topology);
    const isAdoptable = owner === 'foreign' && isVouchedSet(view, family, saved, topology);
    const isOther = saved.type !== 'hash:net' || saved.family !== family;
    yield {
      node: view.node,
      netns: null,
      kind: IPSET,
      name,
      owner,
      ...(isAdoptable && { adoptable: true }),
      spec: { family: saved.family ?? family, members: sortedMembers(saved.members), options: saved.options },
      ...(isOther && { incomplete: `it is another sort of set: ${sortOf(saved)}` }),
    };
  }
}

function sortOf({ type, family }: SavedSet): string {
  return family === undefined ? type : `${type}, family ${family === 6 ? 'inet6' : 'inet'}`;
}
