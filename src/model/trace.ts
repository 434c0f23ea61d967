import type { NodeView, Probe } from './probe.ts';
import type { Netns } from './resource.ts';

/**
 * Something on a node that names a topology: by its alias, its row in Open vSwitch, the chain that marks its table, its
 * own name, its path or its arguments.
 */
export interface Trace {
  readonly node: string;
  readonly netns: Netns;
  readonly sort: 'namespace' | 'link' | 'ovs-row' | 'table' | 'nft-table' | 'file' | 'process';
  readonly name: string;
  /** The text at the position of the topology's name. Anybody may have written it, so it may hold any characters. */
  readonly says: string;
}

/**
 * An address of the node with a label like netloom's, which holds only a hash of the topology: none of the topologies
 * found has this hash.
 */
export interface Unnamed {
  readonly node: string;
  readonly device: string;
  readonly cidr: string;
  readonly label: string;
}

/** How a process that knows no topology finds the objects of a kind. */
export interface Marks {
  readonly probes: readonly Probe<unknown>[];
  /** Objects that name a topology. */
  traces?(view: NodeView): Iterable<Trace>;
  /** Objects that may belong to a topology, but to none of those that were found. */
  unnamed?(view: NodeView, topologies: readonly string[]): Iterable<Unnamed>;
  /** Returns why the node may have more objects than were read. */
  silent?(view: NodeView): string | undefined;
}
