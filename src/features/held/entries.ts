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

/** Returns the entries with derived ids that a node's file lists: those that something on the node comes from. */
export function entriesOn(
  topology: ResolvedTopology,
  node: string,
  networks: ReadonlySet<string>,
  scopes: ReadonlyMap<string, number>,
): readonly HeldEntry[] {
  const groups = groupsOn(topology, node);
  const external = new Map([...topology.floatingIps, ...topology.forwardedIps].map((one) => [one.name, one.node]));
  const isHere = ([section, name = '']: readonly string[]): boolean => {
    if (section === 'networks') return networks.has(name);
    if (section === 'routers') return topology.routers.get(name)?.node === node;
    if (section === 'instances') return topology.instances.get(name)?.node === node;
    if (section === 'floating_ips') return external.get(name) === node;
    return section === 'security_groups' ? groups.has(name) : scopes.has(name);
  };
  return topology.derivedIds.flatMap(({ id, path, original }) => {
    const likeness = isHere(path) ? likenessOf(topology, path) : undefined;
    return likeness === undefined ? [] : [{ id, path: original, likeness }];
  });
}

function groupsOn({ instances }: ResolvedTopology, node: string): ReadonlySet<string> {
  const here = [...instances.values()].filter((instance) => instance.node === node);
  return new Set(here.flatMap(({ ports }) => ports.flatMap(({ security }) => security?.groups ?? [])));
}
