import { kindOf } from '../kinds/registry.ts';
import { addressOf, type Address, type Resource } from '../model/resource.ts';

/** The resources, and before them what their kinds say must stand beside them: what marks a table that holds one of them as ours. */
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
