import { ANTI_SPOOF } from '../kinds/anti-spoof/spec.ts';
import { IPSET } from '../kinds/ipset/spec.ts';
import { CHAIN } from '../kinds/chain/spec.ts';
import { tableMarker } from '../kinds/chain/spec.ts';
import type { IpsetSpec } from '../kinds/ipset/spec.ts';
import { nftTable } from '../kinds/nft-table/spec.ts';
import type { Family } from '../model/command.ts';
import type { Resource } from '../model/resource.ts';

/** The table of a node's own namespace that says whose a resource is, as `4/nat`: a chain's own, and of a set the one with the rules that match it. */
function tableOf({ kind, netns, name, spec }: Resource): string | undefined {
  if (netns !== null) return undefined;
  if (kind === CHAIN) return name.split('/', 2).join('/');
  return kind === IPSET ? `${(spec as IpsetSpec).family}/filter` : undefined;
}

/**
 * The resources, and what says of a table that holds one of them that it is ours: in a table of iptables in a node's own namespace the chain that marks it; for
 * the checks of a node's taps nft's table, by its name.
 */
export function withMarkers(topology: string, resources: readonly Resource[]): readonly Resource[] {
  const markers = new Map<string, Resource>();
  for (const resource of resources) {
    const { node, kind, origin } = resource;
    if (kind === ANTI_SPOOF && !markers.has(node)) markers.set(node, nftTable(node, topology, origin));
    const place = tableOf(resource);
    const key = `${node}/${place ?? ''}`;
    if (place === undefined || markers.has(key)) continue;
    const [family, table = ''] = place.split('/');
    markers.set(key, tableMarker({ node, family: Number(family) as Family, table }, topology, origin));
  }
  return markers.size === 0 ? resources : [...markers.values(), ...resources];
}
