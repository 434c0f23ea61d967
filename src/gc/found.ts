import type { Trace, Unnamed } from '../model/trace.ts';

/** A topology that objects name. */
export interface Found {
  readonly topology: string;
  readonly traces: readonly Trace[];
}

/** The result of a survey of nodes. */
export interface Survey {
  /** Sorted by name. */
  readonly topologies: readonly Found[];
  /** Objects whose mark cannot be a topology's name. They are reported, and never used. */
  readonly illegible: readonly Trace[];
  readonly unnamed: readonly Unnamed[];
  /** Nodes whose Open vSwitch does not answer, with the error: there may be more objects. */
  readonly silent: readonly { readonly node: string; readonly why: string }[];
}
