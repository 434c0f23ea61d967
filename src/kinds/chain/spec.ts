import type { Family } from '../../model/command.ts';
import type { Need } from '../../model/kind.ts';
import type { Netns, Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';
import { markerChain, markerPrefix } from '../../kernel/netfilter/table-mark.ts';

export { parseChainName } from './name.ts';

/** The name of this kind. */
export const CHAIN = kindName('chain');

/**
 * An iptables chain in one of our namespaces, or in the node's own in a table that is marked as ours. The resource's
 * name is `FAMILY/TABLE/CHAIN`, such as `4/nat/POSTROUTING`. Rules are in the form `iptables-save` prints, without `-A
 * CHAIN `. Of a built-in chain only the jumps into our chains are ours.
 */
export interface ChainSpec {
  readonly builtin: boolean;
  readonly rules: readonly string[];
  /** Of an observed built-in chain, if foreign rules decide before our jumps do: those rules, then our jumps. */
  readonly order?: readonly string[];
}

/** What identifies a chain on a node. */
export interface ChainLocation {
  readonly node: string;
  readonly netns: Netns;
  readonly family: Family;
  readonly table: string;
  readonly chain: string;
}

/** The built-in chains of each table (iptables(8)). */
export const BUILTIN_CHAINS: Readonly<Record<string, readonly string[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** Returns the reference to the chain at this location. */
export function chainRef({ node, netns, family, table, chain }: ChainLocation): RefTo<ChainSpec> {
  return { node, netns, kind: CHAIN, name: `${family}/${table}/${chain}` };
}

/** Returns a chain with these rules, in this order. */
export function chain(location: ChainLocation, rules: readonly string[], origin: Origin): Resource<ChainSpec> {
  const builtin = BUILTIN_CHAINS[location.table]?.includes(location.chain) ?? false;
  return { ...chainRef(location), spec: { builtin, rules }, origin };
}

/** Returns the need for the chain that marks a table (`4/filter/`), whatever its topology. */
export function anyTableMarker(netns: Netns, table: string): Need {
  return { kind: CHAIN, netns, name: markerPrefix(table), prefix: true };
}

/**
 * Returns the empty chain that marks a table of a node's own namespace with its topology. Any chain of ours there needs
 * it.
 */
export function tableMarker(
  { node, family, table }: Omit<ChainLocation, 'netns' | 'chain'>,
  topology: string,
  origin: Origin,
): Resource<ChainSpec> {
  return chain({ node, netns: null, family, table, chain: markerChain(topology) }, [], origin);
}
