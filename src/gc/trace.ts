import type { Netns } from '../model/resource.ts';

/** Something on a node that names a topology: by its alias, its row in Open vSwitch, the chain that marks its table, its own name, its path or its arguments. */
export interface Trace {
  readonly node: string;
  readonly netns: Netns;
  readonly sort: 'namespace' | 'link' | 'ovs-row' | 'table' | 'nft-table' | 'file' | 'process';
  readonly name: string;
  /** What stands where the topology's name should, in whatever letters: anybody may have written it. */
  readonly says: string;
}

/** A topology that something names. */
export interface Found {
  readonly topology: string;
  readonly traces: readonly Trace[];
}

/** An address of the node with a label such as netloom's, which has only a hash of the topology: none of those found has this one. */
export interface Unnamed {
  readonly node: string;
  readonly device: string;
  readonly cidr: string;
  readonly label: string;
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
