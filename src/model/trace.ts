import type { NodeView, Probe } from './probe.ts';
import type { Netns } from './resource.ts';

/** Something on a node that names a topology: by its alias, its row in Open vSwitch, the chain that marks its table, its own name, its path or its arguments. */
export interface Trace {
  readonly node: string;
  readonly netns: Netns;
  readonly sort: 'namespace' | 'link' | 'ovs-row' | 'table' | 'nft-table' | 'file' | 'process';
  readonly name: string;
  /** What stands where the topology's name should, in whatever letters: anybody may have written it. */
  readonly says: string;
}

/** An address of the node with a label such as netloom's, which has only a hash of the topology: none of those found has this one. */
export interface Unnamed {
  readonly node: string;
  readonly device: string;
  readonly cidr: string;
  readonly label: string;
}

/** How the objects of a kind are found by a process that knows no topology: all that it may know of the kind. */
export interface Marks {
  readonly probes: readonly Probe<unknown>[];
  /** What names a topology. */
  traces?(view: NodeView): Iterable<Trace>;
  /** What may be of a topology, and of none of those that were found. */
  unnamed?(view: NodeView, topologies: readonly string[]): Iterable<Unnamed>;
  /** Why there may be more on the node than was read. */
  silent?(view: NodeView): string | undefined;
}
