import type { ResolvedNic } from '../../resolve/resolved.ts';
import { nicAddress } from '../../kinds/address/spec.ts';
import type { Contribution } from '../../model/feature.ts';
import { backendOf } from '../backends/registry.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';

/**
 * The NICs a node lends. A NIC that a network of the node needs is a port of that network's bridge, and its declared addresses
 * stand on the bridge, as Neutron's agents move them. One with nothing to it is not looked at.
 */
export const node: NetworkFeature = {
  name: 'node',
  *contribute({ nodes }) {
    for (const { present, nics } of nodes.values()) {
      if (present) for (const declared of nics) yield* ofNic(declared);
    }
  },
};

function* ofNic(nic: ResolvedNic): Generator<Contribution> {
  const { node, name, bridge, mtu, addresses, origin } = nic;
  if (bridge === null && mtu === undefined && addresses.length === 0) return;
  for (const resource of backendOf(nic).nic(nic)) yield whole(resource);
  for (const cidr of addresses) yield whole(nicAddress(node, name, bridge, cidr, origin));
}
