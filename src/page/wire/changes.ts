export type Action = 'create' | 'update' | 'replace' | 'delete';

/** What an apply would do now. */
export interface PlanSection {
  /** What an apply of exactly this plan is asked with. */
  readonly checksum: string;
  /** `Plan: 3 to add, 1 to change, 0 to destroy.` */
  readonly words: string;
  readonly counts: Readonly<Record<Action, number>>;
  /** `1 drops-nat, 9 none`. */
  readonly impacts: string;
  readonly groups: readonly GroupRow[];
  readonly notes: readonly string[];
  /** How many changes have no details, because there are too many. */
  readonly unlisted: number;
}

/** The changes of one object of the topology. */
export interface GroupRow {
  /** `router r1 on node1`. */
  readonly label: string;
  /** What becomes of it, or what it is: `(10.0.0.0/24, DHCP)`. */
  readonly details: string;
  readonly action: Action;
  readonly impact: string;
  /** What its traffic feels; empty: nothing. */
  readonly feels: string;
  /** `3 links, 1 namespace created on node1`. */
  readonly counts: readonly string[];
  readonly changes: readonly ChangeRow[];
}

/** A change of one object on a node. */
export interface ChangeRow {
  readonly action: Action;
  readonly what: string;
  readonly node: string;
  readonly netns: string;
  readonly impact: string;
  readonly reason: string;
  readonly lines: readonly string[];
}

/** A difference that came while the page was watching. */
export interface DriftRow {
  readonly id: number;
  readonly at: number;
  /** When it was gone; `null`: it is still there. */
  readonly healed: number | null;
  /** Whether the file was saved, or the node was changed. */
  readonly cause: 'node' | 'file';
  readonly label: string;
  readonly counts: readonly string[];
  readonly impact: string;
}
