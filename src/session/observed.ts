import { isDeepStrictEqual } from 'node:util';
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

/** What was observed on a node in the reading before. */
const before = new Map<string, readonly Observed[]>();

/**
 * Returns what a node that was read has. `graph` tells the topology, and the names that its namespaces can have. An
 * object that is as it was in the reading before is the same value.
 */
export function observedOn(
  read: NodeView,
  { topology, known }: Pick<DesiredGraph, 'topology' | 'known'>,
): ObservedNode {
  const view = withLostMarks(read, topology, (name) => known.has(addressOf(netnsRef(read.node, name))));
  const marks = JSON.stringify(view.namespaces.map(({ mark }) => mark ?? null));
  const seen = last.get(read);
  if (seen?.topology === topology && seen.marks === marks) return seen;
  const objects = withKnown(observedObjects(view, topology), before.get(read.node) ?? []);
  before.set(read.node, objects);
  const now = { view, objects, topology, marks };
  last.set(read, now);
  return now;
}

/** Of objects that equal one of an earlier reading: that one. What is not read again has the same objects. */
const earlier = new WeakMap<Observed, Observed>();

/** Returns the objects; each that equals one of the reading before is that one. */
function withKnown(observed: readonly Observed[], known: readonly Observed[]): readonly Observed[] {
  const objects = observed.map((object) => earlier.get(object) ?? object);
  const same = new Set(known);
  if (objects.every((object) => same.has(object))) return objects;
  const now = new Set(objects);
  const others = new Map(known.flatMap((object) => (now.has(object) ? [] : [[addressOf(object), object] as const])));
  if (others.size === 0) return objects;
  return objects.map((object) => {
    const other = same.has(object) ? undefined : others.get(addressOf(object));
    if (other === undefined || !isDeepStrictEqual(other, object)) return object;
    earlier.set(object, other);
    return other;
  });
}
