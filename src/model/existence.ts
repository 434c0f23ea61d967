import type { Address, Netns } from './resource.ts';

/**
 * How a script on the node tests whether an object exists: a program that changes nothing exits with 0, and its output
 * has the text `prints`.
 */
export interface Existence {
  readonly netns: Netns;
  readonly argv: readonly string[];
  readonly prints?: string;
  /** What the output has besides if it is the object that was observed: our mark, the digest of a file. */
  readonly identity?: string;
}

/** What must be true on a node before the commands of a plan are run there. */
export interface Precondition {
  readonly address: Address;
  /** Whether the object exists. */
  readonly exists: boolean;
  readonly test: Existence;
}
