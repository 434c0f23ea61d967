import type { Need } from '../../model/kind.ts';
import type { Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';
import { TABLE_PREFIX } from '../../kernel/netfilter/nft.ts';
import { tableName } from '../../kernel/netfilter/spoof-table.ts';

/** The name of this kind. */
export const NFT_TABLE = kindName('nft-table');

/**
 * The table of nft's bridge family that holds the checks of a node's guarded taps. Its name is the mark: everything in
 * it is ours.
 */
export interface NftTableSpec {
  /** It has its sets and chains as they should be, and nothing else. */
  readonly intact: boolean;
  /** It checks the client that a DHCP message names. */
  readonly clients: boolean;
}

/**
 * Returns the need of an element for the table of ours that it is in, whatever its topology: it is deleted with the
 * table.
 */
export function insideNftTable(): Need {
  return { kind: NFT_TABLE, netns: null, name: TABLE_PREFIX, prefix: true, contains: true };
}

/** Returns the table that the `anti-spoof` of any tap of this node needs. */
export function nftTable(node: string, topology: string, origin: Origin): Resource<NftTableSpec> {
  return { ...nftTableRef(node, topology), spec: { intact: true, clients: true }, origin };
}

/** Returns the reference to the table of this node. */
export function nftTableRef(node: string, topology: string): RefTo<NftTableSpec> {
  return { node, netns: null, kind: NFT_TABLE, name: tableName(topology) };
}
