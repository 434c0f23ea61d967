import { kindOf } from '../kinds/registry.ts';
import type { Change } from '../model/change.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { addressOf, type Address, type Observed, type Resource } from '../model/resource.ts';
import { changeOf } from './compare.ts';
import { deletedWithContainer } from './containment.ts';
import type { ObjectIndex } from './objects.ts';

/** The observed objects, and those of them that have a desired object at their address. */
interface ObservedState {
  readonly observed: readonly Observed[];
  readonly index: ObjectIndex<Observed>;
  readonly desired: ReadonlyMap<Observed, Resource>;
}

/**
 * Adds the deletions to the changes: objects that are ours and not desired, and objects contained in a deleted one. Of
 * the latter a desired one is recreated, and another one needs no command of its own.
 */
export function withRemovals(graph: DesiredGraph, state: ObservedState, changes: Map<Address, Change>): void {
  const { observed, index, desired: desiredOf } = state;
  const undesired = undesiredOf(graph, state);
  const deleted = new Map(undesired);
  for (const { address, action, observed: seen } of changes.values())
    if (seen && action === 'replace') deleted.set(seen, address);
  const contained = deletedWithContainer(observed, index, deleted);
  for (const [object, address] of undesired) changes.set(address, deletion(object, address, contained.get(object)));
  for (const [object, root] of contained) {
    const desired = desiredOf.get(object);
    if (!desired) continue;
    const impact = kindOf(desired.kind).impact('create', []);
    const change = changeOf(desired, { action: 'create', reason: `recreated with ${root}`, impact, fields: [] });
    changes.set(change.address, { ...change, impliedBy: root });
  }
}

function undesiredOf(graph: DesiredGraph, { observed, desired }: ObservedState): Map<Observed, Address> {
  const undesired = new Map<Observed, Address>();
  for (const object of observed) {
    if (desired.has(object) || (object.owner !== 'ours' && object.adoptable !== true)) continue;
    const address = addressOf(object);
    const ours = object.owner === 'ours' || graph.known.has(address);
    if (ours && !graph.resources.has(address)) undesired.set(object, address);
  }
  return undesired;
}

function deletion(object: Observed, address: Address, root: Address | undefined): Change {
  const { node, netns, kind, name } = object;
  return {
    node,
    netns,
    kind,
    name,
    address,
    action: 'delete',
    reason: root === undefined ? (object.incomplete ?? 'on the node, not in the file') : `deleted with ${root}`,
    impact: kindOf(kind).impact('delete', []),
    fields: [],
    observed: object,
    ...(root !== undefined && { impliedBy: root }),
  };
}
