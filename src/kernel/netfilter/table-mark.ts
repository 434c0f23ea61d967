import type { Owner } from '../../model/resource.ts';
import type { SavedChains } from './saved-tables.ts';

const PREFIX = 'netloom-';

/**
 * Returns the name of the empty chain that marks a table of a node's own namespace as one topology's. There the
 * prefixes of chains prove nothing, because a real Neutron uses the same. iptables allows 28 characters; a topology's
 * name has at most 19.
 */
export function markerChain(topology: string): string {
  return PREFIX + topology;
}

/** Returns the topology whose marker chain has this name; `undefined` for any other chain. */
export function topologyOf(chain: string): string | undefined {
  return /^netloom-([a-z0-9][a-z0-9-]{0,18})$/.exec(chain)?.[1];
}

/** Returns the prefix of the resource names of all marker chains in a table, ours or another topology's. */
export function markerPrefix(table: string): string {
  return table + PREFIX;
}

/**
 * Returns the owner of the wrapped chains of a table in a node's own namespace. If two topologies mark the table, it is
 * not ours.
 */
export function ownerOfTable(chains: SavedChains | undefined, topology: string): Owner {
  const claims = [...(chains?.keys() ?? [])].flatMap((chain) => topologyOf(chain) ?? []);
  const other = claims.find((claim) => claim !== topology);
  if (other !== undefined) return { topology: other };
  return claims.length > 0 ? 'ours' : 'foreign';
}
