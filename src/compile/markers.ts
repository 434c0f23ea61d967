import { kindOf } from '../kinds/registry.ts';
import { addressOf, type Address, type Origin, type Resource } from '../model/resource.ts';

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
  for (const resource of resources) {
    for (const marker of kindOf(resource.kind).companions?.(resource, topology) ?? []) {
      const address = addressOf(marker);
      if (markers.has(address)) continue;
      const { origin = marker.origin } = origins.get(marker.node) ?? {};
      markers.set(address, { ...marker, origin });
    }
  }
  return markers.size === 0 ? resources : [...markers.values(), ...resources];
}
