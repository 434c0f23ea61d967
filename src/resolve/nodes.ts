import { isPresent, mechanismOf } from '../topology/defaults.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { NetworkDraft } from './drafts.ts';
import type { Carriers } from './mechanisms/mechanism.ts';
import { mechanismOn } from './mechanisms/registry.ts';
import { originAt } from './origin.ts';
import type { ResolvedBridge, ResolvedNode, ResolvedPort } from './resolved.ts';

/** Returns the bridges and patches of every node with ports, in order of the nodes, then of the networks. */
export function resolveCarriers(
  topology: ValidTopology,
  networks: ReadonlyMap<string, NetworkDraft>,
  ports: Iterable<ResolvedPort>,
): Carriers {
  const on = new Map<string, ResolvedPort[]>();
  for (const port of ports) {
    const there = on.get(port.node);
    if (there) there.push(port);
    else on.set(port.node, [port]);
  }
  const carriers = Object.keys(topology.doc.nodes ?? {}).map((node) =>
    mechanismOn(topology, node).carriers(topology, node, on.get(node) ?? [], networks),
  );
  return {
    bridges: carriers.flatMap(({ bridges }) => bridges),
    patches: carriers.flatMap(({ patches }) => patches),
  };
}

/** Resolves every node with its NICs, each with the bridge that borrows it. */
export function resolveNodes(
  topology: ValidTopology,
  bridges: readonly ResolvedBridge[],
  drafts: ReadonlyMap<string, NetworkDraft>,
): ReadonlyMap<string, ResolvedNode> {
  const bridgeOf = new Map(bridges.map((bridge) => [`${bridge.node}/${bridge.nic ?? ''}`, bridge]));
  const mtuOf = ({ networks }: ResolvedBridge): number =>
    Math.max(...networks.map((network) => drafts.get(network)?.mtu ?? 0));
  return new Map(
    Object.entries(topology.doc.nodes ?? {}).map(([node, spec]) => [
      node,
      {
        name: node,
        present: isPresent(spec),
        nics: Object.entries(spec.nics ?? {}).map(([name, nic]) => {
          const bridge = bridgeOf.get(`${node}/${name}`);
          return {
            name,
            node,
            mechanism: mechanismOf(spec),
            physicalNetwork: nic.physical_network,
            bridge: bridge?.name ?? null,
            addresses: nic.addresses ?? [],
            mtu: nic.mtu,
            ...(bridge && { networkMtu: mtuOf(bridge) }),
            allowDynamic: nic.allow_dynamic ?? false,
            origin: originAt(topology, ['nodes', node, 'nics', name]),
          };
        }),
        manageBridgeNetfilter: spec.manage_bridge_netfilter ?? false,
        origin: originAt(topology, ['nodes', node]),
      },
    ]),
  );
}
