import { tableMarker } from '../kinds/chain/spec.ts';
import { nftTable } from '../kinds/nft-table/spec.ts';
import type { Family } from '../model/command.ts';
import type { Resource } from '../model/resource.ts';

/**
 * The resources, and what says of a table that holds one of them that it is ours: in a table of iptables in a node's own namespace the chain that marks it; for
 * the checks of a node's taps nft's table, by its name.
 */
export function withMarkers(topology: string, resources: readonly Resource[]): readonly Resource[] {
  const markers = new Map<string, Resource>();
  for (const { node, netns, kind, name, origin } of resources) {
    if (kind === 'anti-spoof' && !markers.has(node)) markers.set(node, nftTable(node, topology, origin));
    if (kind !== 'chain' || netns !== null) continue;
    const [family = '4', table = ''] = name.split('/');
    const key = `${node}/${family}/${table}`;
    if (markers.has(key)) continue;
    markers.set(key, tableMarker({ node, family: Number(family) as Family, table }, topology, origin));
  }
  return markers.size === 0 ? resources : [...markers.values(), ...resources];
}
