import { nicOn } from '../../topology/defaults.ts';
import { required } from '../required.ts';
import { deviceName } from '../names.ts';
import { originAt } from '../origin.ts';
import type { Mechanism } from './mechanism.ts';

/** As the linuxbridge agent: one bridge per network, which borrows the NIC of its physical network. */
export const linuxbridge: Mechanism = {
  name: 'linuxbridge',
  dhcpPrefix: 'ns-',

  plug: (_topology, { id, network }) => ({
    mechanism: 'linuxbridge',
    bridge: deviceName('brq', network.id),
    tap: deviceName('tap', id),
    tag: null,
    hybrid: null,
  }),

  carriers(topology, node, ports, networks) {
    const needed = new Set(ports.map(({ network }) => network));
    const bridges = [...networks.values()]
      .filter(({ name }) => needed.has(name))
      .map(({ name, id, spec: { physical_network: wire } }) => ({
        node,
        mechanism: 'linuxbridge' as const,
        name: deviceName('brq', id),
        networks: [name],
        nic: required(nicOn(topology.doc.nodes?.[node] ?? {}, wire), `a NIC of ${node} on ${wire}`).device,
        origin: originAt(topology, ['networks', name]),
      }));
    return { bridges, patches: [] };
  },
};
