import type { Family } from './command.ts';
import type { Netns, Origin, Resource } from './resource.ts';

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

/**
 * One Neutron concept: its resources, and its rules in named slots. A pure function of the resolved topology. Knows no
 * kernel command. Registered in `features/registry.ts`.
 */
export interface Feature<Resolved> {
  readonly name: string;
  contribute(topology: Resolved): Iterable<Contribution>;
}
