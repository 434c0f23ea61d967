import type { NodeFacts } from './kind.ts';
import type { KindName, Netns, Observed } from './resource.ts';

/** What the kinds know of a node besides its objects. */
export type FactsByKind = ReadonlyMap<KindName, NodeFacts>;

/**
 * All that decides in a namespace about a packet, ours or foreign, one entry a line. Two reads are equal until
 * something is changed: what the kernel learns or counts by itself is left out.
 */
export interface Tables {
  /** The rulesets of nftables without counters, table by table in the order of their names; null without nft(8). */
  readonly nftables: readonly string[] | null;
  /** Policy rules in their order: IPv4, then IPv6. */
  readonly rules: readonly string[];
  /** Routes of all routing tables. */
  readonly routes: readonly string[];
  /** Permanent neighbours. */
  readonly neighbours: readonly string[];
  /** Fixed entries of bridges and VXLAN devices. */
  readonly fdb: readonly string[];
}

/** The tables of one namespace. */
export interface NamespaceTables extends Tables {
  readonly netns: Netns;
}

/** What one node has of a topology, and of others where that can matter to it. */
export interface NodeState {
  readonly objects: readonly Observed[];
  readonly facts: FactsByKind;
  /** Of the node's own namespace and of ours. Absent: they were not read. */
  readonly tables?: readonly NamespaceTables[];
}

/** What the nodes of a topology have at one time. It can be written to a file, read again, and planned from. */
export interface State {
  readonly topology: string;
  /** By name. */
  readonly nodes: ReadonlyMap<string, NodeState>;
}
