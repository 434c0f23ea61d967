import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const FOREIGN_TABLE = kindName('foreign-table');

/**
 * A foreign table of nftables with a hook, or a table of the variant of iptables that the node does not use. The
 * resource's name is `inet bad`, `ip filter bad` (a chain in a table of iptables), or `iptables-legacy filter`; on the
 * node itself `netdev bad CHAIN`. None is ever desired or created.
 */
export interface ForeignTableSpec {
  /** The chains with hooks, each with its hook and what it does there. */
  readonly chains: readonly string[];
}
