import type { NodeFacts } from './kind.ts';
import type { KindName, Observed } from './resource.ts';

/** What the kinds know of a node besides its objects. */
export type FactsByKind = ReadonlyMap<KindName, NodeFacts>;

/** What one node has of a topology, and of others where that can matter to it. */
export interface NodeState {
  readonly objects: readonly Observed[];
  readonly facts: FactsByKind;
}

/** What the nodes of a topology have at one time. It can be written to a file, read again, and planned from. */
export interface State {
  readonly topology: string;
  /** By name. */
  readonly nodes: ReadonlyMap<string, NodeState>;
}
