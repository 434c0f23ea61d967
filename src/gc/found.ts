import type { Trace, Unnamed } from '../model/trace.ts';

/** A topology, and the objects that name it. */
export interface Found {
  readonly topology: string;
  readonly traces: readonly Trace[];
}

/** The result of a survey of nodes. */
export interface Survey {
  /** Sorted by name. */
  readonly topologies: readonly Found[];
  /** Objects whose mark cannot be a topology's name. They are reported, and never deleted. */
  readonly illegible: readonly Trace[];
  readonly unnamed: readonly Unnamed[];
  /** Nodes whose Open vSwitch does not answer, with the error: there may be more objects. */
  readonly silent: readonly { readonly node: string; readonly why: string }[];
}
