import type { ResolvedTopology } from '../../resolve/resolved.ts';
import { likenessOf } from './likeness.ts';

/** An entry of the topology file by which a later run recognises it under another key. */
export interface HeldEntry {
  readonly id: string;
  /** The keys under which it was created, from the top of the file: `renamed_from` names the last one. */
  readonly path: readonly string[];
  /** What it has besides its name; see `likenessOf`. */
  readonly likeness: string;
}

/** Names of networks or scopes, by the node that has something of them. */
type NamesByNode = ReadonlyMap<string, Iterable<string>>;

/** Returns the entries with derived ids that each node's file lists: those that something on the node comes from. */
export function entriesByNode(
  topology: ResolvedTopology,
  networks: NamesByNode,
  scopes: NamesByNode,
): ReadonlyMap<string, readonly HeldEntry[]> {
  const nodesOf = locations(topology, networks, scopes);
  const entries = new Map<string, HeldEntry[]>();
  for (const { id, path, original } of topology.derivedIds) {
    const nodes = nodesOf(path);
    if (nodes.length === 0) continue;
    const likeness = likenessOf(topology, path);
    if (likeness === undefined) continue;
    const entry = { id, path: original, likeness };
    for (const node of nodes) append(entries, node, entry);
  }
  return entries;
}

/** Returns a function that tells the nodes on which an entry is. */
function locations(
  { routers, instances, floatingIps, forwardedIps }: ResolvedTopology,
  networks: NamesByNode,
  scopes: NamesByNode,
): (path: readonly string[]) => readonly string[] {
  const external = new Map([...floatingIps, ...forwardedIps].map(({ name, node }) => [name, node]));
  const groups = new Map<string, Set<string>>();
  for (const { node, ports } of instances.values()) {
    const here = groups.get(node) ?? new Set();
    groups.set(node, here);
    for (const { security } of ports) for (const group of security?.groups ?? []) here.add(group);
  }
  const [ofNetworks, ofGroups, ofScopes] = [networks, groups, scopes].map(nodesByName);
  return ([section, name = '']) => {
    if (section === 'networks') return ofNetworks?.get(name) ?? [];
    if (section === 'routers') return one(routers.get(name)?.node);
    if (section === 'instances') return one(instances.get(name)?.node);
    if (section === 'floating_ips') return one(external.get(name));
    return (section === 'security_groups' ? ofGroups : ofScopes)?.get(name) ?? [];
  };
}

function one(node: string | undefined): readonly string[] {
  return node === undefined ? [] : [node];
}

function nodesByName(names: NamesByNode): ReadonlyMap<string, readonly string[]> {
  const nodes = new Map<string, string[]>();
  for (const [node, here] of names) for (const name of here) append(nodes, name, node);
  return nodes;
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
