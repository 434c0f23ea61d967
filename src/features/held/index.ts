import { plainFile, topologyFolder } from '../../kinds/file/spec.ts';
import type { HeldPort } from '../../model/held.ts';
import type { Origin } from '../../model/resource.ts';
import type { ResolvedNode, ResolvedTopology } from '../../resolve/resolved.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';
import { entriesByNode } from './entries.ts';
import { networksByNode, networksKnownTo } from './networks.ts';
import { heldText, portLines } from './text.ts';

/** Returns the path of a topology's file of derived values, on every node. */
export function heldPath(topology: string): string {
  return `${topologyFolder(topology)}/held`;
}

/** Only root may read what a later run believes. */
export const HELD_MODE = '600';

/**
 * A file on each node with the derived values of all networks that have a port there, and of those whose addresses its
 * objects have, so that a node that is lost or left out takes no address with it. A node whose networks are given as a
 * whole has none.
 */
export const held: NetworkFeature = {
  name: 'held',
  *contribute(topology) {
    const networks = networksByNode(topology);
    const known = networksKnownTo(topology, networks);
    const scopes = scopesByNode(topology);
    const vlans = vlansByNode(topology);
    const entries = entriesByNode(topology, networks, new Map([...scopes].map(([node, own]) => [node, own.keys()])));
    const portsOf = derivedIn(topology);
    for (const node of topology.nodes.values()) {
      const here = networks.get(node.name);
      if (here === undefined) continue;
      const { ports, lines } = portsOf(known.get(node.name) ?? here);
      const content = {
        ports,
        scopes: scopes.get(node.name) ?? new Map<string, number>(),
        vlans: vlans.get(node.name) ?? new Map<string, number>(),
        entries: entries.get(node.name) ?? [],
      };
      if (ports.size + content.scopes.size + content.vlans.size === 0) continue;
      yield whole(plainFile(node.name, heldPath(topology.name), heldText(content, lines), originOn(node), HELD_MODE));
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

/** Returns a function that tells the ports of some networks, and their lines: the same for all nodes with these. */
function derivedIn({ derived }: ResolvedTopology): (networks: ReadonlySet<string>) => {
  readonly ports: ReadonlyMap<string, HeldPort>;
  readonly lines: string;
} {
  const known = new Map<string, ReturnType<ReturnType<typeof derivedIn>>>();
  return (networks) => {
    const key = [...networks].sort().join(' ');
    const before = known.get(key);
    if (before) return before;
    const here = derived.filter(({ network }) => networks.has(network));
    const ports = new Map(
      here.map(({ id, mac, addresses }) => [id, { addresses, ...(mac !== undefined && { mac }) }] as const),
    );
    const made = { ports, lines: portLines(ports) };
    known.set(key, made);
    return made;
  };
}

/** The scopes of the subnets that a router on the node is connected to, by node. */
function scopesByNode({ routers, scopes }: ResolvedTopology): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const numbers = new Map<string, Set<number>>();
  for (const { node, interfaces, gateway } of routers.values()) {
    const here = numbers.get(node) ?? new Set();
    numbers.set(node, here);
    for (const { fixedIps } of [...interfaces, ...(gateway ? [gateway] : [])]) {
      for (const { subnet } of fixedIps) here.add(subnet.scope);
    }
  }
  return new Map(
    [...numbers].map(([node, here]) => [node, new Map([...scopes].filter(([, number]) => here.has(number)))]),
  );
}

/** The local VLANs of the networks in the integration bridge of each node. */
function vlansByNode({ patches, networks }: ResolvedTopology): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const vlans = new Map<string, Map<string, number>>();
  for (const {
    node,
    network,
    ends: [{ tag }],
  } of patches) {
    const id = networks.get(network)?.id;
    if (id === undefined || tag === null) continue;
    const here = vlans.get(node) ?? new Map<string, number>();
    vlans.set(node, here.set(id, tag));
  }
  return vlans;
}
