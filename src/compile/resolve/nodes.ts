import { isPresent } from '../../topology/defaults.ts';
import type { ValidTopology } from '../../topology/valid.ts';
import { must } from './must.ts';
import { originAt } from './origin.ts';
import type { ResolvedBridge, ResolvedNetwork, ResolvedNode, ResolvedPort } from './resolved.ts';

/** A network's bridge on every node that has a port of it, in order of the nodes, then of the networks. */
export function resolveBridges(
  { doc }: ValidTopology,
  networks: ReadonlyMap<string, ResolvedNetwork>,
  ports: Iterable<ResolvedPort>,
): readonly ResolvedBridge[] {
  const needed = new Map<string, Set<string>>();
  for (const { node, network } of ports) {
    const onNode = needed.get(node) ?? new Set();
    needed.set(node, onNode.add(network));
  }
  return Object.entries(doc.nodes ?? {}).flatMap(([node, { nics = {} }]) => {
    const nicOn = new Map(Object.entries(nics).map(([name, nic]) => [nic.physical_network, name]));
    return [...networks.values()]
      .filter(({ name }) => needed.get(node)?.has(name))
      .map(({ name: network, bridge, physicalNetwork, origin }) => {
        const nic = must(nicOn.get(physicalNetwork), `a NIC of ${node} on ${physicalNetwork}`);
        return { node, name: bridge, network, nic, origin };
      });
  });
}

/** Every node with its NICs, each with the bridge that borrows it. */
export function resolveNodes(
  topology: ValidTopology,
  bridges: readonly ResolvedBridge[],
): ReadonlyMap<string, ResolvedNode> {
  const bridgeOf = new Map(bridges.map(({ node, nic, name }) => [`${node}/${nic}`, name]));
  return new Map(
    Object.entries(topology.doc.nodes ?? {}).map(([node, spec]) => [
      node,
      {
        name: node,
        present: isPresent(spec),
        nics: Object.entries(spec.nics ?? {}).map(([name, nic]) => ({
          name,
          node,
          physicalNetwork: nic.physical_network,
          bridge: bridgeOf.get(`${node}/${name}`) ?? null,
          addresses: nic.addresses ?? [],
          mtu: nic.mtu,
          allowDynamic: nic.allow_dynamic ?? false,
          origin: originAt(topology, ['nodes', node, 'nics', name]),
        })),
        origin: originAt(topology, ['nodes', node]),
      },
    ]),
  );
}
