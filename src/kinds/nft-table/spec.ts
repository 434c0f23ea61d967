import type { Need } from '../../model/kind.ts';
import type { Origin, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';
import { TABLE_PREFIX } from '../../kernel/netfilter/nft.ts';
import { tableName } from '../../kernel/netfilter/spoof-table.ts';

/** The name of this kind. */
export const NFT_TABLE = kindName('nft-table');

/** The table of nft's bridge family that holds the checks of a node's guarded taps. Its name is the mark: all in it is ours. */
export interface NftTableSpec {
  /** Its sets and chains stand as they should, and nothing stands in the table that netloom does not put there. */
  readonly intact: boolean;
}

/** The need of what stands in a table of ours for it, whichever topology's it is: it goes with the table. */
export function insideNftTable(): Need {
  return { kind: NFT_TABLE, netns: null, name: TABLE_PREFIX, prefix: true, contains: true };
}

/** The table that the `anti-spoof` of any tap of this node needs. */
export function nftTable(node: string, topology: string, origin: Origin): Resource<NftTableSpec> {
  return { node, netns: null, kind: NFT_TABLE, name: tableName(topology), spec: { intact: true }, origin };
}
