import type { Change } from './change.ts';
import type { Command } from './command.ts';
import type { Address, Netns } from './resource.ts';

/** One command with the object it is run for. */
export interface Step {
  readonly address: Address;
  readonly command: Command;
}

/**
 * Commands one process (or one shell function) carries out together, in order: one `ip -batch`, one `ipset restore`, one
 * `iptables-restore` of a family, a run of file writes, …. `after` holds indexes of batches that must have ended well before.
 */
export interface Batch {
  readonly id: number;
  readonly node: string;
  readonly netns: Netns;
  readonly lane: 'ip' | 'ipset' | 'sh' | 'birth';
  readonly steps: readonly Step[];
  readonly after: readonly number[];
}

/** What is going to be done, and in which order. */
export interface Plan {
  readonly topology: string;
  /** Sorted as they are carried out. */
  readonly changes: readonly Change[];
  readonly batches: readonly Batch[];
  /** How many objects of ours stood when the plan was made: what the 30 % guard measures deletions against. */
  readonly owned: number;
}
