import { tableMarker } from '../kinds/chain/spec.ts';
import type { Family } from '../model/command.ts';
import type { Resource } from '../model/resource.ts';

/** The resources, and for each table of a node's own namespace that one of them stands in the chain that marks it as ours. */
export function withMarkers(topology: string, resources: readonly Resource[]): readonly Resource[] {
  const markers = new Map<string, Resource>();
  for (const { node, netns, kind, name, origin } of resources) {
    if (kind !== 'chain' || netns !== null) continue;
    const [family = '4', table = ''] = name.split('/');
    const key = `${node}/${family}/${table}`;
    if (markers.has(key)) continue;
    markers.set(key, tableMarker({ node, family: Number(family) as Family, table }, topology, origin));
  }
  return markers.size === 0 ? resources : [...markers.values(), ...resources];
}
