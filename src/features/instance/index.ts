import type { InstancePort } from '../../resolve/resolved.ts';
import type { Resource } from '../../model/resource.ts';
import { backendOf } from '../backends/registry.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';

/**
 * An instance's ports. Where the lab stands in for the guest, a veth leads into the namespace the lab keeps for it, and what
 * is inside is the guest's own (it asks the DHCP server). Otherwise there is a tap, for a hypervisor to open.
 */
export const instance: NetworkFeature = {
  name: 'instance',
  *contribute({ instances }) {
    for (const { ports } of instances.values()) {
      for (const port of ports) yield* resourcesOf(port).map(whole);
    }
  },
};

function resourcesOf(port: InstancePort): readonly Resource[] {
  const { netns } = port;
  return netns === null ? backendOf(port).tap(port) : backendOf(port).guest({ ...port, netns });
}
