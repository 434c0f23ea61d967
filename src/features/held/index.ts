import { file, topologyFolder } from '../../kinds/file/spec.ts';
import type { HeldPort } from '../../model/held.ts';
import type { Origin } from '../../model/resource.ts';
import type { ResolvedNode, ResolvedTopology } from '../../resolve/resolved.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';
import { entriesOn } from './entries.ts';
import { heldText } from './text.ts';

/** Returns the path of a topology's file of derived values, on every node. */
export function heldPath(topology: string): string {
  return `${topologyFolder(topology)}/held`;
}

/** Only root may read what a later run believes. */
export const HELD_MODE = '600';

/**
 * A file on each node with the derived values of all networks that have a port there, so that a node that is lost or
 * left out takes no address with it. A node whose networks are given as a whole has none.
 */
export const held: NetworkFeature = {
  name: 'held',
  *contribute(topology) {
    const networks = networksByNode(topology);
    for (const node of topology.nodes.values()) {
      const here = networks.get(node.name);
      if (here === undefined) continue;
      const scopes = scopesOn(topology, node.name);
      const ports = derivedOn(topology, here);
      const vlans = vlansOn(topology, node.name);
      if (ports.size + scopes.size + vlans.size === 0) continue;
      const content = { ports, scopes, vlans, entries: entriesOn(topology, node.name, here, scopes) };
      yield whole(file(node.name, heldPath(topology.name), heldText(content), originOn(node), HELD_MODE));
    }
  },
  *subjects({ nodes }) {
    for (const node of nodes.values()) {
      yield {
        origin: originOn(node),
        type: 'file',
        name: 'of derived values',
        node: node.name,
        ids: [],
        feels: { delete: '' },
      };
    }
  },
};

/** The file is a part of the node that stands for no line of the topology. */
function originOn({ origin }: ResolvedNode): Origin {
  return { ...origin, path: `${origin.path}[derived values]` };
}

/**
 * Returns the names of the networks that have a port on a node, by node. The bridges tell it also of ports that do not
 * exist, since `admin_state_up` of their router or network is `false`.
 */
function networksByNode({ bridges }: ResolvedTopology): ReadonlyMap<string, ReadonlySet<string>> {
  const byNode = new Map<string, Set<string>>();
  for (const { node, networks } of bridges) {
    const known = byNode.get(node) ?? new Set();
    byNode.set(node, known);
    for (const network of networks) known.add(network);
  }
  return byNode;
}

function derivedOn({ derived }: ResolvedTopology, networks: ReadonlySet<string>): ReadonlyMap<string, HeldPort> {
  const here = derived.filter(({ network }) => networks.has(network));
  return new Map(here.map(({ id, mac, addresses }) => [id, { addresses, ...(mac !== undefined && { mac }) }]));
}

/** The scopes of the subnets that a router on the node is connected to. */
function scopesOn({ routers, scopes }: ResolvedTopology, node: string): ReadonlyMap<string, number> {
  const numbers = new Set<number>();
  for (const { node: on, interfaces, gateway } of routers.values()) {
    if (on !== node) continue;
    for (const { fixedIps } of [...interfaces, ...(gateway ? [gateway] : [])]) {
      for (const { subnet } of fixedIps) numbers.add(subnet.scope);
    }
  }
  return new Map([...scopes].filter(([, number]) => numbers.has(number)));
}

/** The local VLANs of the networks in the node's integration bridge. */
function vlansOn({ patches, networks }: ResolvedTopology, node: string): ReadonlyMap<string, number> {
  return new Map(
    patches.flatMap(({ node: on, network, ends: [{ tag }] }): [string, number][] => {
      const id = networks.get(network)?.id;
      return on === node && id !== undefined && tag !== null ? [[id, tag]] : [];
    }),
  );
}
