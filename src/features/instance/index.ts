import type { InstancePort } from '../../resolve/resolved.ts';
import type { Resource } from '../../model/resource.ts';
import { backendOf } from '../backends/registry.ts';
import { heldMac } from '../existing/device.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';

/**
 * An instance's ports. With `attach: lab` a veth leads into the namespace of the lab's stand-in, whose inside belongs
 * to the guest (it runs a DHCP client). With `attach: tap` there is a tap, which a hypervisor opens.
 */
export const instance: NetworkFeature = {
  name: 'instance',
  *contribute({ instances }) {
    for (const { ports } of instances.values()) {
      for (const port of ports) yield* resourcesOf(port).map(whole);
    }
  },
  *held({ instances }, existing) {
    for (const { ports } of instances.values()) {
      for (const port of ports) yield* heldMac(port.id, resourcesOf(port), existing);
    }
  },

  *subjects({ instances }) {
    for (const { name, node, ports, origin } of instances.values()) {
      const addresses = ports.flatMap(({ fixedIps }) => fixedIps.map(({ address }) => address));
      const details = addresses.length === 0 ? {} : { details: addresses.join(', ') };
      yield { origin, type: 'instance', name, node, ...details, ids: ports.map(({ id }) => id) };
    }
  },
};

function resourcesOf(port: InstancePort): readonly [Resource, ...Resource[]] {
  const { netns } = port;
  return netns === null ? backendOf(port).tap(port) : backendOf(port).guest({ ...port, netns });
}
