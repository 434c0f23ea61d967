import { kindOf } from '../kinds/registry.ts';
import { addressOf, kindWord, type Address, type Origin, type Resource } from '../model/resource.ts';

/**
 * Returns the resources, preceded by the companions that their kinds require, such as the chain that marks a table as
 * ours. `origins` are those of the nodes: a companion serves all objects of a node.
 */
export function withMarkers(
  topology: string,
  resources: readonly Resource[],
  origins: ReadonlyMap<string, { readonly origin: Origin }> = new Map(),
): readonly Resource[] {
  const markers = new Map<Address, Resource>();
  const known = new Set<string>();
  for (const resource of resources) {
    const { companions } = kindOf(resource.kind);
    if (companions === undefined) continue;
    const key = `${resource.node}/${kindWord(resource.kind)}/${companions.key(resource)}`;
    if (known.has(key)) continue;
    known.add(key);
    for (const marker of companions.of(resource, topology)) {
      const address = addressOf(marker);
      if (markers.has(address)) continue;
      const { origin = marker.origin } = origins.get(marker.node) ?? {};
      markers.set(address, { ...marker, origin });
    }
  }
  return markers.size === 0 ? resources : [...markers.values(), ...resources];
}
