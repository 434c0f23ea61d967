import { kindOf } from '../kinds/registry.ts';
import { addressOf, type Address, type Resource } from '../model/resource.ts';

/**
 * Returns the resources, preceded by the companions that their kinds require, such as the chain that marks a table as
 * ours.
 */
export function withMarkers(topology: string, resources: readonly Resource[]): readonly Resource[] {
  const markers = new Map<Address, Resource>();
  for (const resource of resources) {
    for (const marker of kindOf(resource.kind).companions?.(resource, topology) ?? []) {
      const address = addressOf(marker);
      if (!markers.has(address)) markers.set(address, marker);
    }
  }
  return markers.size === 0 ? resources : [...markers.values(), ...resources];
}
