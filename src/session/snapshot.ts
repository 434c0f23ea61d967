import { factsOf } from '../diff/adapt.ts';
import { heldPath } from '../compile/learn-held.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { NodeState, State } from '../model/state.ts';
import { encodeState, type Recorded } from '../snapshot/encode.ts';
import { observedOn } from './observed.ts';
import type { Views } from './read.ts';

/** Returns what nodes have, as the text of a file. The derived values that they hold are not sealed. */
export function snapshotOf(graph: DesiredGraph, views: Views, recorded: Recorded): string {
  const nodes = [...views].map(([name, read]): [string, NodeState] => {
    const { view, objects } = observedOn(read, graph);
    return [name, { objects, facts: factsOf(view) }];
  });
  const state: State = { topology: graph.topology, nodes: new Map(nodes) };
  return encodeState(state, recorded, new Set([heldPath(graph.topology)]));
}
