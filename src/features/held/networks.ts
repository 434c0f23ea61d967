import type { ResolvedTopology } from '../../resolve/resolved.ts';

/** Names of networks, by node. */
export type NetworksByNode = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Returns the names of the networks that have a port on a node, by node. The bridges tell it also of ports that do not
 * exist, since `admin_state_up` of their router or network is `false`.
 */
export function networksByNode({ bridges }: ResolvedTopology): NetworksByNode {
  const byNode = new Map<string, Set<string>>();
  for (const { node, networks } of bridges) for (const network of networks) addTo(byNode, node, network);
  return byNode;
}

/**
 * Returns the networks whose addresses the objects of a node have, by node: besides its own networks, those of the
 * members of a security group that a rule of its ports names, and those of an instance with metadata, whose answers
 * list all of its ports. So a command that reads this node alone knows these addresses.
 */
export function networksKnownTo(topology: ResolvedTopology, own: NetworksByNode): NetworksByNode {
  const known = new Map([...own].map(([node, networks]) => [node, new Set(networks)]));
  const answering = answeringNodes(topology);
  const members = new Map<string, Set<string>>();
  const groups = new Map<string, Set<string>>();
  for (const { ports, metadata } of topology.instances.values()) {
    for (const { node, network, security } of ports) {
      for (const group of security?.groups ?? []) {
        addTo(members, group, network);
        addTo(groups, node, group);
      }
      if (metadata === undefined || ports.length === 1) continue;
      for (const other of ports) for (const at of answering.get(network) ?? []) addTo(known, at, other.network);
    }
  }
  const named = namedMembers(topology, members);
  for (const [node, here] of groups) {
    for (const group of here) for (const network of named.get(group) ?? []) addTo(known, node, network);
  }
  return known;
}

/** Returns the nodes that answer requests for metadata, by network: those of its DHCP server and routers. */
function answeringNodes({ networks, routers }: ResolvedTopology): ReadonlyMap<string, ReadonlySet<string>> {
  const nodes = new Map<string, Set<string>>();
  for (const { dhcp } of networks.values()) if (dhcp) addTo(nodes, dhcp.network, dhcp.node);
  for (const { interfaces } of routers.values())
    for (const { network, node } of interfaces) addTo(nodes, network, node);
  return nodes;
}

/** Returns the networks of the members of the groups that a group's rules name, by group. */
function namedMembers(
  { securityGroups }: ResolvedTopology,
  members: NetworksByNode,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...securityGroups].map(([name, { rules }]) => [
      name,
      [...new Set(rules.flatMap(({ remoteGroup }) => remoteGroup ?? []))].flatMap((remote) => [
        ...(members.get(remote) ?? []),
      ]),
    ]),
  );
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known) known.add(value);
  else sets.set(key, new Set([value]));
}
