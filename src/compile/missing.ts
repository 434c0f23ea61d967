import type { HeldEntry } from '../features/held/entries.ts';
import type { ResolvedTopology } from '../resolve/resolved.ts';

/** What entries are called, by the key of the mapping that they are in. */
const NOUNS: Readonly<Record<string, string>> = {
  address_scopes: 'address scope',
  networks: 'network',
  subnets: 'subnet',
  routers: 'router',
  security_groups: 'security group',
  instances: 'instance',
  ports: 'port',
  floating_ips: 'floating IP',
};

/** Returns what an entry of this mapping is called. */
export function nounOf(mapping: string): string {
  return NOUNS[mapping] ?? 'entry';
}

/** Returns the entries that the nodes know and the file no longer has, each once. */
export function missingEntries(resolved: ResolvedTopology, held: readonly HeldEntry[]): readonly HeldEntry[] {
  const ids = currentIds(resolved);
  return [...new Map(held.map((entry) => [entry.id, entry])).values()].filter(({ id }) => !ids.has(id));
}

/** The ids of everything that may be renamed, derived or given. */
function currentIds({ derivedIds, networks, routers, instances, ...rest }: ResolvedTopology): ReadonlySet<string> {
  const entries = [...networks.values(), ...routers.values(), ...rest.securityGroups.values()];
  const inside = [
    ...[...networks.values()].flatMap(({ subnets }) => subnets),
    ...[...instances.values()].flatMap(({ ports }) => ports),
  ];
  const external = [...rest.floatingIps, ...rest.forwardedIps];
  return new Set([...derivedIds, ...entries, ...inside, ...external].map(({ id }) => id));
}
