import type { Family } from '../../model/command.ts';
import type { DesiredGraph } from '../../model/graph.ts';
import type { Need } from '../../model/kind.ts';
import type { Netns, Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';
import { familyOfSet } from '../../kernel/netfilter/set-names.ts';
import { membersOf } from './members.ts';

/** The name of this kind. */
export const IPSET = kindName('ipset');

/** A set of addresses and blocks (`hash:net` of ipset(8)) in a node's own namespace, for rules of iptables to match. */
export interface IpsetSpec {
  readonly family: Family;
  /** As `ipset save` writes them, sorted, each once. */
  readonly members: readonly string[];
  /** Further words of its `create`: a timeout, counters. No feature sets any. */
  readonly options: readonly string[];
}

/** Returns the reference to the set of this name. */
export function ipsetRef(node: string, name: string): RefTo<IpsetSpec> {
  return { node, netns: null, kind: IPSET, name };
}

/** Returns the need of a rule for a set that it matches. */
export function ipsetMatched(netns: Netns, name: string): Need {
  return { kind: IPSET, netns, name };
}

/** Returns the desired sets of a node. */
export function ipsetsOf({ resources }: DesiredGraph, node: string): readonly Resource<IpsetSpec>[] {
  return [...resources.values()].filter((one): one is Resource<IpsetSpec> => one.node === node && one.kind === IPSET);
}

/** ipset(8) allows 31 characters, of which Neutron reserves two for the name of the set to swap with. */
const LONGEST_NAME = 29;

/**
 * Returns Neutron's name of the set with the members of a security group (a UUID) of one IP version. The end of the id
 * is cut off: two ids that differ only in their last 12 digits have one name.
 */
export function setName(family: Family, securityGroupId: string): string {
  return `NIPv${family}${securityGroupId}`.slice(0, LONGEST_NAME);
}

/**
 * Returns a set with these addresses and blocks, in any writing. `hash:net` has no block of length 0: as in Neutron, it
 * is written as its two halves. Throws a RangeError for a text that is no address or block of the family, and for a
 * name that is not Neutron's for that family, which would not be recognised.
 */
export function ipset(
  { node }: { readonly node: string },
  name: string,
  { family, members }: Pick<IpsetSpec, 'family' | 'members'>,
  origin: Origin,
): Resource<IpsetSpec> {
  if (familyOfSet(name) !== family) throw new RangeError(`not the name of a set of IPv${family}: ${name}`);
  const spec = { family, members: membersOf(family, members), options: [] };
  return { ...ipsetRef(node, name), spec, origin };
}
