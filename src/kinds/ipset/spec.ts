import type { Family } from '../../model/command.ts';
import type { DesiredGraph } from '../../model/graph.ts';
import type { Need } from '../../model/kind.ts';
import type { Netns, Origin, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';
import { familyOfSet } from '../../kernel/netfilter/set-names.ts';
import { membersOf } from './members.ts';

/** The name of this kind. */
export const IPSET = kindName('ipset');

/** A set of addresses and blocks (`hash:net` of ipset(8)) in a node's own namespace, which rules of iptables match as one. */
export interface IpsetSpec {
  readonly family: Family;
  /** As `ipset save` writes them, sorted, each once. */
  readonly members: readonly string[];
  /** Words of its `create` that say more: a timeout, counters. No feature wants any. */
  readonly options: readonly string[];
}

/** The need of a rule for a set that it matches. */
export function ipsetMatched(netns: Netns, name: string): Need {
  return { kind: IPSET, netns, name };
}

/** The sets that are wanted on a node. */
export function ipsetsOf({ resources }: DesiredGraph, node: string): readonly Resource<IpsetSpec>[] {
  return [...resources.values()].filter((one): one is Resource<IpsetSpec> => one.node === node && one.kind === IPSET);
}

/** ipset(8) takes 31 characters, of which Neutron leaves two for the twin that a set is swapped with. */
const LONGEST_NAME = 29;

/**
 * Neutron's name of the set with the members of a security group (a UUID) of one IP version. The end of the id is cut off: of two ids that
 * differ in their last 12 digits only, the sets have one name.
 */
export function setName(family: Family, securityGroupId: string): string {
  return `NIPv${family}${securityGroupId}`.slice(0, LONGEST_NAME);
}

/**
 * A set that should hold these addresses and blocks, in any spelling. `hash:net` knows no block of length 0: as Neutron does, it is written as its
 * two halves. Throws a RangeError for what is no address or block of the family, and for a name that is not Neutron's for that family: it would not be
 * known again.
 */
export function ipset(
  { node }: { readonly node: string },
  name: string,
  { family, members }: Pick<IpsetSpec, 'family' | 'members'>,
  origin: Origin,
): Resource<IpsetSpec> {
  if (familyOfSet(name) !== family) throw new RangeError(`not the name of a set of IPv${family}: ${name}`);
  const spec = { family, members: membersOf(family, members), options: [] };
  return { node, netns: null, kind: IPSET, name, spec, origin };
}
