import { backendOf } from '../backends/registry.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';

/** The bridges and patches of networks, on every node with a port of one. */
export const network: NetworkFeature = {
  name: 'network',
  *contribute({ bridges, patches }) {
    for (const bridge of bridges) for (const resource of backendOf(bridge).bridge(bridge)) yield whole(resource);
    for (const patch of patches) for (const resource of backendOf(patch).patch(patch)) yield whole(resource);
  },
};
