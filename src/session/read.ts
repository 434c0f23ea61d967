import type { NodeView } from '../model/probe.ts';
import { observeNode } from '../observe/observe.ts';
import type { Shells } from './nodes.ts';

/** What was read from every node, by its name. */
export type Views = ReadonlyMap<string, NodeView>;

/** Reads every node in one round trip each. The desired state is not needed. */
export async function readNetwork(topology: string, shells: Shells): Promise<Views> {
  const views = await Promise.all([...shells.values()].map((shell) => observeNode(shell, topology)));
  return new Map(views.map((view) => [view.node, view]));
}
