import type { Owner } from '../../model/resource.ts';
import type { SavedChain } from '../shared/iptables-save.ts';
import { topologyOf } from '../shared/table-mark.ts';

/** Whose the wrapped chains of a table are, in a node's own namespace. Where two claim them, they are not ours. */
export function ownerOfTable(chains: ReadonlyMap<string, SavedChain>, topology: string): Owner {
  const claims = [...chains.keys()].flatMap((chain) => topologyOf(chain) ?? []);
  const other = claims.find((claim) => claim !== topology);
  if (other !== undefined) return { topology: other };
  return claims.length > 0 ? 'ours' : 'foreign';
}
