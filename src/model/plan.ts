import type { Change } from './change.ts';
import type { Command } from './command.ts';
import type { Address, Netns, Observed } from './resource.ts';

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

/** Changes and the batches that carry them out. */
export interface Plan {
  readonly topology: string;
  /** In order of address. */
  readonly changes: readonly Change[];
  readonly batches: readonly Batch[];
  /** Number of objects of ours when the plan was made: the 30 % guard measures deletions against it. */
  readonly owned: number;
  /** Nodes of the topology that were not read, so nothing is known of them and nothing is changed there. */
  readonly leftOut: readonly string[];
  /** Foreign objects that can disturb traffic, and that the plan does not delete. */
  readonly foreign: readonly Observed[];
}
