import type { Action, Change, Impact, Sides } from './change.ts';
import type { Command } from './command.ts';
import type { Address, Netns, Observed } from './resource.ts';
import type { Subject } from './subject.ts';

/** One command with the object it is run for. */
export interface Step {
  readonly address: Address;
  readonly command: Command;
}

/**
 * Commands of one node that one process (or one shell function) carries out together, in order: one `ip -batch`, one
 * `ipset restore`, one `iptables-restore` of an IP version, a run of file writes, …. `lane` is the program that runs
 * them; `after` lists the ids of the batches that must have succeeded before.
 */
export interface Batch {
  readonly id: number;
  readonly node: string;
  readonly netns: Netns;
  readonly lane: 'ip' | 'ipset' | 'sh' | 'birth';
  readonly steps: readonly Step[];
  readonly after: readonly number[];
}

/** How many objects, or lines of objects, a group creates, updates, replaces or deletes on a node. */
export interface Counted {
  readonly node: string;
  readonly action: Action;
  readonly one: string;
  readonly many: string;
  readonly number: number;
}

/**
 * The changes of one object of the topology. An object of a node whose lines come from several subjects is in the group
 * of each. `undesired`: deletions of what the file no longer has; `foreign`: deletions of what netloom did not create.
 */
export interface ChangeGroup {
  readonly subject: Subject | 'undesired' | 'foreign';
  /** What happens to the subject: `create` if it has nothing on the nodes, `delete` if nothing of it is desired. */
  readonly action: Action;
  /** The worst impact of its changes. */
  readonly impact: Impact;
  /** In order of address. */
  readonly changes: readonly Address[];
  readonly counts: readonly Counted[];
  /** What becomes of it: `203.0.113.20 → 203.0.113.21`. */
  readonly becomes?: string;
}

/** Something that a reader of the plan should know of an object of the topology: its new address, its old name. */
export interface PlanNote {
  /** Its path in the file. */
  readonly path: string;
  readonly text: string;
}

/** Changes and the batches that carry them out. */
export interface Plan {
  readonly topology: string;
  /** What is compared. Absent: what a file asks for with what its nodes have. */
  readonly sides?: Sides;
  /** In order of address. */
  readonly changes: readonly Change[];
  /** The changes by object of the topology, in its order. */
  readonly groups: readonly ChangeGroup[];
  /** Absent: none. */
  readonly notes?: readonly PlanNote[];
  readonly batches: readonly Batch[];
  /** Number of objects of ours when the plan was made: the 30 % guard measures deletions against it. */
  readonly owned: number;
  /** What the nodes match without changes, in words; absent: the file. */
  readonly aim?: string;
  /** Nodes of the topology that were not read, so nothing is known of them and nothing is changed there. */
  readonly leftOut: readonly string[];
  /** Foreign objects that can disturb traffic, and that the plan does not delete. */
  readonly foreign: readonly Observed[];
}
