import { netnsRef } from '../kinds/netns/spec.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { NodeView } from '../model/probe.ts';
import { addressOf, type Observed } from '../model/resource.ts';
import { observedObjects } from '../observe/observe.ts';
import { withLostMarks } from '../observe/view.ts';

/** A node's view with its lost marks restored, and every object in it, ours or foreign. */
export interface ObservedNode {
  readonly view: NodeView;
  readonly objects: readonly Observed[];
}

/** What was observed in a view the last time: the held values and the plan come from the same objects. */
const last = new WeakMap<NodeView, ObservedNode & { readonly topology: string; readonly marks: string }>();

/** Returns what a node that was read has. `graph` tells the topology, and the names that its namespaces can have. */
export function observedOn(
  read: NodeView,
  { topology, known }: Pick<DesiredGraph, 'topology' | 'known'>,
): ObservedNode {
  const view = withLostMarks(read, topology, (name) => known.has(addressOf(netnsRef(read.node, name))));
  const marks = JSON.stringify(view.namespaces.map(({ mark }) => mark ?? null));
  const before = last.get(read);
  if (before?.topology === topology && before.marks === marks) return before;
  const now = { view, objects: observedObjects(view, topology), topology, marks };
  last.set(read, now);
  return now;
}
