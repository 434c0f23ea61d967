import type { ValidTopology } from '../topology/valid.ts';
import type { Assigned } from './assign.ts';
import { everyPort as everyPlaced } from './collisions.ts';
import { everyDraft } from './drafts.ts';
import type { Draft, Drafts } from './drafts.ts';
import { originAt } from './origin.ts';
import type { DerivedPort, ResolvedTopology } from './resolved.ts';

/** Returns what the file leaves out of each port and floating IP, in the order of the ids. */
export function derivedPorts(
  topology: ValidTopology,
  drafts: Drafts,
  assigned: Assigned,
  placed: Pick<ResolvedTopology, 'networks' | 'routers' | 'instances' | 'floatingIps' | 'forwardedIps'>,
): readonly DerivedPort[] {
  const nodes = new Map<string, string>();
  for (const { id, node } of everyPlaced(placed)) nodes.set(id, node);
  for (const { id, node } of [...placed.floatingIps, ...placed.forwardedIps]) nodes.set(id, node);
  const found: DerivedPort[] = [];
  for (const draft of everyDraft(drafts)) {
    const node = nodes.get(draft.id);
    if (node === undefined) continue;
    const addresses = derivedAddresses(draft, assigned);
    const mac = draft.mac === undefined ? assigned.macs.get(draft.id) : undefined;
    if (addresses.length === 0 && mac === undefined) continue;
    const origin = originAt(topology, draft.path);
    found.push({
      id: draft.id,
      network: draft.network.name,
      node,
      addresses,
      origin,
      ...(mac !== undefined && { mac }),
    });
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function derivedAddresses(draft: Draft, { fixedIps }: Assigned): readonly string[] {
  const own = fixedIps.get(draft) ?? [];
  return draft.requests.flatMap(({ given }, i) => (given === undefined ? (own[i]?.address ?? []) : []));
}
