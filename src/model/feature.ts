import type { Family } from './command.ts';
import type { Netns, Observed, Origin, RefTo, Resource } from './resource.ts';
import type { Subject } from './subject.ts';

/**
 * Declares a chain and the order of its named slots. Declared once, unless it is shared; any feature may fill the
 * slots.
 */
export interface ChainContribution {
  readonly type: 'chain';
  readonly node: string;
  readonly netns: Netns;
  readonly family: Family;
  readonly table: string;
  readonly chain: string;
  readonly slots: readonly string[];
  /**
   * Several features may declare it, each for its own rules: a built-in chain, or one that agents share. A rule that
   * several of them contribute is written once.
   */
  readonly shared?: boolean;
  readonly origin: Origin;
}

/**
 * Rules for one slot of a chain, in the form `iptables-save` prints. Within a slot the order of the contributions is
 * kept.
 */
export interface RulesContribution {
  readonly type: 'rules';
  readonly node: string;
  readonly netns: Netns;
  readonly family: Family;
  readonly table: string;
  readonly chain: string;
  readonly slot: string;
  readonly rules: readonly string[];
  readonly origin: Origin;
}

/** A whole object of the desired state. */
export interface ResourceContribution {
  readonly type: 'resource';
  readonly resource: Resource;
}

export type Contribution = ChainContribution | RulesContribution | ResourceContribution;

/** A value that an object on a node shows, and that the file leaves out. `node` is where the object is. */
export type HeldFact =
  | { readonly node: string; readonly port: string; readonly mac?: string; readonly addresses: readonly string[] }
  | { readonly node: string; readonly scope: string; readonly number: number }
  | { readonly node: string; readonly network: string; readonly vlan: number };

/** The objects of ours that exist, on every node that was read. */
export interface Existing {
  /** Returns the objects of this kind, namespace and name on any node. */
  at<Spec>(ref: RefTo<Spec>): readonly Observed<Spec>[];
  /** Returns the objects of a namespace, on any node. */
  inside(netns: Netns): readonly Observed[];
  /** Returns the addresses that a port has, given or derived, as far as they are known. */
  addressesOf(id: string): readonly string[] | undefined;
}

/**
 * One Neutron concept: its resources, and its rules in named slots. A pure function of the resolved topology. Knows no
 * kernel command. Registered in `features/registry.ts`.
 */
export interface Feature<Resolved> {
  readonly name: string;
  contribute(topology: Resolved): Iterable<Contribution>;
  /**
   * Returns the derived values that its existing objects show: those whose names come from the id of a port. Called in
   * the order of the registry, if the files on the nodes do not tell everything.
   */
  held?(topology: Resolved, existing: Existing): Iterable<HeldFact>;
  /** Returns the objects of the topology that this feature represents, in the words of people. */
  subjects?(topology: Resolved): Iterable<Subject>;
}
