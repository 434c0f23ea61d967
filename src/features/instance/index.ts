import type { ResolvedPort } from '../../compile/resolve/resolved.ts';
import { tap } from '../../kinds/tap/spec.ts';
import type { Contribution } from '../../model/feature.ts';
import { whole } from '../shared/feature.ts';
import type { NetworkFeature } from '../shared/feature.ts';
import { plug, silentTap } from '../shared/plug.ts';

/**
 * An instance's ports. Where the lab stands in for the guest, a veth leads into the namespace the lab keeps for it, and what
 * is inside is the guest's own (it asks the DHCP server). Otherwise there is a tap, for a hypervisor to open.
 */
export const instance: NetworkFeature = {
  name: 'instance',
  *contribute({ instances }) {
    for (const { ports } of instances.values()) for (const port of ports) yield* ofPort(port);
  },
};

function* ofPort(port: ResolvedPort): Generator<Contribution> {
  const { netns } = port;
  if (netns !== null) {
    for (const resource of plug({ ...port, netns }, true)) yield whole(resource);
    return;
  }
  const device = tap(port.node, port.tap, { mtu: port.mtu, bridge: port.bridge }, port.origin);
  yield whole(device);
  for (const quiet of silentTap(port, device)) yield whole(quiet);
}
