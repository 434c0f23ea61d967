import { fromEntries } from './entries.ts';
import { perDocument } from './per-document.ts';
import type { Topology } from './types.gen.ts';
import type { Path } from './valid.ts';

/** An entry of a mapping whose entries may have `renamed_from`. */
export interface NamedEntry {
  readonly path: Path;
  readonly key: string;
  readonly renamedFrom: string | undefined;
}

/** Entries of one set of names: no two of them may have had the same key. */
export interface NameSet {
  /** What an entry is, for messages. */
  readonly noun: string;
  readonly entries: readonly NamedEntry[];
}

type Entries = Readonly<Record<string, { readonly renamed_from?: string }>> | undefined;

/** Returns the sets of names. The names of subnets are one set: interfaces of routers refer to them. */
export const nameSets = perDocument((doc): readonly NameSet[] => [
  { noun: 'address scope', entries: named(['address_scopes'], doc.address_scopes) },
  { noun: 'network', entries: named(['networks'], doc.networks) },
  { noun: 'subnet', entries: subnets(doc) },
  { noun: 'router', entries: named(['routers'], doc.routers) },
  { noun: 'security group', entries: named(['security_groups'], doc.security_groups) },
  { noun: 'instance', entries: named(['instances'], doc.instances) },
  ...fromEntries(doc.instances, (name, { ports }) => ({
    noun: 'port',
    entries: named(['instances', name, 'ports'], ports),
  })),
  { noun: 'floating IP', entries: named(['floating_ips'], doc.floating_ips) },
]);

/** The keys under which the renamed subnets of the file were created, by their names. */
const renamedSubnets = perDocument(
  (doc) =>
    new Map(subnets(doc).flatMap(({ key, renamedFrom }) => (renamedFrom === undefined ? [] : [[key, renamedFrom]]))),
);

/**
 * Returns a path of the document with each key replaced by the one under which its entry was created. An interface of a
 * router has the name of its subnet.
 */
export function originalPath(doc: Topology, path: readonly string[]): readonly string[] {
  let value: unknown = doc;
  return path.map((key, index) => {
    value = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
    if (path[0] === 'routers' && index === 3) return renamedSubnets(doc).get(key) ?? key;
    return (value as { readonly renamed_from?: string } | undefined)?.renamed_from ?? key;
  });
}

function subnets(doc: Topology): NamedEntry[] {
  return fromEntries(doc.networks, (network, spec) => named(['networks', network, 'subnets'], spec.subnets)).flat();
}

function named(path: Path, entries: Entries): NamedEntry[] {
  return fromEntries(entries, (key, entry) => ({ path: [...path, key], key, renamedFrom: entry.renamed_from }));
}
