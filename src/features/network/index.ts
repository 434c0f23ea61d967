import { backendOf } from '../backends/registry.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';

/** What carries the networks on every node where a port of one stands. */
export const network: NetworkFeature = {
  name: 'network',
  *contribute({ bridges, patches }) {
    for (const bridge of bridges) for (const resource of backendOf(bridge).bridge(bridge)) yield whole(resource);
    for (const patch of patches) for (const resource of backendOf(patch).patch(patch)) yield whole(resource);
  },
};
