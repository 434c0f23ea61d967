import type { Family } from './command.ts';
import type { Netns, Origin, Resource } from './resource.ts';

/** Declares a chain: in which order its named slots stand. Declared once, unless it is shared; any feature may fill the slots. */
export interface ChainContribution {
  readonly type: 'chain';
  readonly node: string;
  readonly netns: Netns;
  readonly family: Family;
  readonly table: string;
  readonly chain: string;
  readonly slots: readonly string[];
  /** Others may declare it as well, each for its own rules: a built-in chain, and what agents share. A rule that several name stands once. */
  readonly shared?: boolean;
  readonly origin: Origin;
}

/** Rules for one slot of a chain, in the form `iptables-save` prints. Within a slot the order of the contributions is kept. */
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
 * One Neutron concept: what it puts into the network, as resources and as rules in named slots. Pure, and a function of the
 * resolved topology alone. Knows no kernel command. Registered in `features/registry.ts`.
 */
export interface Feature<Resolved> {
  readonly name: string;
  contribute(topology: Resolved): Iterable<Contribution>;
}
