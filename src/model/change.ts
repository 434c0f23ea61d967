import type { Address, Observed, Origin, Ref, Resource } from './resource.ts';

/** The effect of a change on traffic, mildest first. */
export const IMPACTS = ['none', 'counters', 'flap', 'drops-nat', 'recreate'] as const;
export type Impact = (typeof IMPACTS)[number];

/** The worst that a plan may be allowed, mildest first. `renumber`: derived addresses that exist may change too. */
export const MAX_IMPACTS = [...IMPACTS, 'renumber'] as const;
export type MaxImpact = (typeof MAX_IMPACTS)[number];

/** What is compared, in the words of a reason: `in the file, not on the node`. */
export interface Sides {
  /** Where the objects are that exist. */
  readonly from: string;
  /** Where the objects are that are desired. */
  readonly to: string;
}

/** The comparison of every plan: what a file asks for with what its nodes have. */
export const NODE_AND_FILE: Sides = { from: 'on the node', to: 'in the file' };

/** One field that differs. `from` is the observed value, `to` the desired one; `undefined` = absent. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  /** The field can't be changed in place: the object is deleted and recreated. */
  readonly replace?: boolean;
}

export type Action = 'create' | 'update' | 'replace' | 'delete';

/** One difference between the desired and the observed state. `reason` is for people; no code decides by it. */
export interface Change extends Ref {
  readonly address: Address;
  readonly action: Action;
  readonly reason: string;
  readonly impact: Impact;
  readonly fields: readonly FieldChange[];
  /** Present unless the action is `delete`. */
  readonly desired?: Resource;
  /** Present unless the action is `create`. */
  readonly observed?: Observed;
  readonly origin?: Origin;
  /**
   * The observed object is deleted with the object at this address, without a command of its own. If it is recreated,
   * it is recreated after that.
   */
  readonly impliedBy?: Address;
}
