import type { Owner } from '../../model/resource.ts';
import type { SavedChain } from './iptables-save.ts';

const PREFIX = 'netloom-';

/**
 * The name of the empty chain that marks a table of a node's own namespace as one topology's. There the prefixes of
 * chains prove nothing: a real Neutron's are the same. iptables takes 28 characters, a topology's name has 19 at most.
 */
export function markerChain(topology: string): string {
  return PREFIX + topology;
}

/** The topology a chain of this name marks its table for. */
export function topologyOf(chain: string): string | undefined {
  return /^netloom-([a-z0-9][a-z0-9-]{0,18})$/.exec(chain)?.[1];
}

/** Any marker in a table, ours or another topology's: the beginning of a resource's name. */
export function markerPrefix(table: string): string {
  return table + PREFIX;
}

/** Whose the wrapped chains of a table are, in a node's own namespace. Where two claim them, they are not ours. */
export function ownerOfTable(chains: ReadonlyMap<string, SavedChain> | undefined, topology: string): Owner {
  const claims = [...(chains?.keys() ?? [])].flatMap((chain) => topologyOf(chain) ?? []);
  const other = claims.find((claim) => claim !== topology);
  if (other !== undefined) return { topology: other };
  return claims.length > 0 ? 'ours' : 'foreign';
}
