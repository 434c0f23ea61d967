import { bridge } from '../../kinds/bridge/spec.ts';
import { whole } from '../shared/feature.ts';
import type { NetworkFeature } from '../shared/feature.ts';

/** A network is a bridge on every node where a port of it stands, with the NIC's MAC, as the linuxbridge agent makes it. */
export const network: NetworkFeature = {
  name: 'network',
  *contribute({ bridges }) {
    for (const { node, name, nic, origin } of bridges) yield whole(bridge(node, name, { macOf: nic }, origin));
  },
};
