import type { Address, Observed, Origin, Ref, Resource } from './resource.ts';

/** What traffic feels of a change, mildest first. */
export const IMPACTS = ['none', 'counters', 'flap', 'drops-nat', 'recreate'] as const;
export type Impact = (typeof IMPACTS)[number];

/** One field that differs. `from` is what stands, `to` what is wanted; `undefined` = absent. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  /** The field can't be altered in place: the object is removed and made again. */
  readonly replace?: boolean;
}

export type Action = 'create' | 'update' | 'replace' | 'delete';

/** One difference between what is wanted and what stands. `reason` is for people; nothing is decided by it. */
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
  /** What stands goes by itself with the object at this address, and no command takes it away; what is made again is made after that. */
  readonly impliedBy?: Address;
}
