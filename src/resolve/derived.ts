import type { Origin } from '../model/resource.ts';
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
  const known = new Map<string, { readonly node: string; readonly origin?: Origin }>();
  for (const port of everyPlaced(placed)) known.set(port.id, port);
  // The origin of a DHCP server's port may be that of its network.
  for (const { dhcp } of placed.networks.values()) if (dhcp) known.set(dhcp.id, { node: dhcp.node });
  for (const { id, node } of [...placed.floatingIps, ...placed.forwardedIps]) known.set(id, { node });
  const found: DerivedPort[] = [];
  for (const draft of everyDraft(drafts)) {
    const one = known.get(draft.id);
    if (one === undefined) continue;
    const { node, origin = originAt(topology, draft.path) } = one;
    const addresses = derivedAddresses(draft, assigned);
    const mac = draft.mac === undefined ? assigned.macs.get(draft.id) : undefined;
    if (addresses.length === 0 && mac === undefined) continue;
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
