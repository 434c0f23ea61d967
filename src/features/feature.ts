import type { ResolvedTopology } from '../resolve/resolved.ts';
import type { Contribution, Feature } from '../model/feature.ts';
import type { Resource } from '../model/resource.ts';

/** A feature over a resolved topology. */
export type NetworkFeature = Feature<ResolvedTopology>;

/** A whole object as a contribution. */
export function whole(resource: Resource): Contribution {
  return { type: 'resource', resource };
}
