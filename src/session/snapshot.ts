import { factsOf } from '../diff/adapt.ts';
import { heldPath } from '../compile/learn-held.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { NamespaceTables, NodeState, State } from '../model/state.ts';
import { readTables } from '../observe/tables.ts';
import { encodeState, type Recorded } from '../snapshot/encode.ts';
import type { Shells } from './nodes.ts';
import { observedOn } from './observed.ts';
import type { Views } from './read.ts';

/** The tables of nodes, by their names. */
export type TablesByNode = ReadonlyMap<string, readonly NamespaceTables[]>;

/** Reads the tables of every node. */
export async function tablesOf(topology: string, shells: Shells): Promise<TablesByNode> {
  return new Map(
    await Promise.all(
      [...shells.values()].map(async (shell) => [shell.node, await readTables(shell, topology)] as const),
    ),
  );
}

/** Returns what nodes have, as the text of a file. The derived values that they hold are not sealed. */
export function snapshotOf(graph: DesiredGraph, views: Views, tables: TablesByNode, recorded: Recorded): string {
  const nodes = [...views].map(([name, read]): [string, NodeState] => {
    const { view, objects } = observedOn(read, graph);
    const its = tables.get(name);
    return [name, { objects, facts: factsOf(view), ...(its && { tables: its }) }];
  });
  const state: State = { topology: graph.topology, nodes: new Map(nodes) };
  return encodeState(state, recorded, new Set([heldPath(graph.topology)]));
}
