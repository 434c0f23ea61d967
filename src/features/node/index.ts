import type { ResolvedNic } from '../../resolve/resolved.ts';
import { nicAddress } from '../../kinds/address/spec.ts';
import type { Contribution } from '../../model/feature.ts';
import { backendOf } from '../backends/registry.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';

/**
 * The NICs of a node. A NIC that a network needs is a port of that network's bridge, and its given addresses are on the
 * bridge, as Neutron's agents move them. A NIC without a bridge, address or MTU is ignored.
 */
export const node: NetworkFeature = {
  name: 'node',
  *contribute({ nodes }) {
    for (const { present, nics } of nodes.values()) {
      if (present) for (const declared of nics) yield* ofNic(declared);
    }
  },

  *subjects({ nodes }) {
    for (const { name, present, nics, origin } of nodes.values()) {
      const absent = present ? {} : { absentNode: name, details: 'state: absent' };
      yield { origin, type: 'node', name, ids: [], feels: { delete: '' }, ...absent };
      for (const nic of nics) {
        const details = `physical network ${nic.physicalNetwork}${nic.bridge === null ? '' : `, in ${nic.bridge}`}`;
        const feels = { delete: 'its addresses and routes return to it' };
        yield { origin: nic.origin, type: 'NIC', name: nic.name, node: name, details, ids: [], feels };
      }
    }
  },
};

function* ofNic(nic: ResolvedNic): Generator<Contribution> {
  const { node, name, bridge, mtu, addresses, origin } = nic;
  if (bridge === null && mtu === undefined && addresses.length === 0) return;
  for (const resource of backendOf(nic).nic(nic)) yield whole(resource);
  for (const cidr of addresses) yield whole(nicAddress(node, name, bridge, cidr, origin));
}
