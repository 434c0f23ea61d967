import type { Trace, Unnamed } from '../model/trace.ts';

/** A topology that something names. */
export interface Found {
  readonly topology: string;
  readonly traces: readonly Trace[];
}

/** What was found on some nodes. */
export interface Survey {
  /** In order of name. */
  readonly topologies: readonly Found[];
  /** What names something that can be no topology. It is told of, and never used. */
  readonly illegible: readonly Trace[];
  readonly unnamed: readonly Unnamed[];
  /** Nodes whose Open vSwitch does not answer, with what it says: there may be more. */
  readonly silent: readonly { readonly node: string; readonly why: string }[];
}
