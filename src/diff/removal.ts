import { kindOf } from '../kinds/registry.ts';
import { NODE_AND_FILE, type Change, type Sides } from '../model/change.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { addressOf, type Address, type Disturbance, type Observed, type Resource } from '../model/resource.ts';
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
 * Adds the deletions to the changes: objects that are ours and not desired, foreign ones that disturb a desired one or
 * are to be healed, and objects contained in a deleted one. Of the latter a desired one is recreated, and another one
 * needs no command of its own. Returns the foreign objects that disturb traffic and stay.
 */
export function withRemovals(
  graph: DesiredGraph,
  state: ObservedState,
  changes: Map<Address, Change>,
  sides: Sides = NODE_AND_FILE,
): readonly Observed[] {
  const { observed, index, desired: desiredOf } = state;
  const undesired = undesiredOf(graph, state);
  const deleted = new Map(undesired);
  for (const { address, action, observed: seen } of changes.values())
    if (seen && action === 'replace') deleted.set(seen, address);
  const contained = deletedWithContainer(observed, index, deleted);
  for (const [object, address] of undesired) {
    changes.set(address, deletion(object, address, contained.get(object) ?? sides));
  }
  for (const [object, root] of contained) {
    const desired = desiredOf.get(object);
    if (!desired) continue;
    const impact = kindOf(desired.kind).impact('create', []);
    const change = changeOf(desired, { action: 'create', reason: `recreated with ${root}`, impact, fields: [] });
    changes.set(change.address, { ...change, impliedBy: root });
  }
  return observed.filter(
    (object) =>
      object.disturbs !== undefined && !desiredOf.has(object) && !undesired.has(object) && !contained.has(object),
  );
}

function undesiredOf(graph: DesiredGraph, { observed, desired }: ObservedState): Map<Observed, Address> {
  const undesired = new Map<Observed, Address>();
  for (const object of observed) {
    if (desired.has(object)) continue;
    const { owner, adoptable, disturbs } = object;
    const mayBeOurs = owner === 'ours' || adoptable === true || graph.created !== undefined;
    if (!mayBeOurs && disturbs === undefined) continue;
    const address = addressOf(object);
    if (graph.resources.has(address) || graph.leftAlone?.has(address) === true) continue;
    const isOurs =
      owner === 'ours' || (adoptable === true && graph.known.has(address)) || graph.created?.has(address) === true;
    if (isOurs || (disturbs !== undefined && healed(graph, object, disturbs))) undesired.set(object, address);
  }
  return undesired;
}

/** On the node itself a foreign object is left alone. */
function healed({ healForeign, resources }: DesiredGraph, { netns }: Observed, { blocks = [] }: Disturbance): boolean {
  return netns !== null && (healForeign === true || blocks.some((ref) => resources.has(addressOf(ref))));
}

/** @param why the container that it is deleted with, or what is compared */
function deletion(object: Observed, address: Address, why: Address | Sides): Change {
  const { node, netns, kind, name } = object;
  return {
    node,
    netns,
    kind,
    name,
    address,
    action: 'delete',
    reason: typeof why === 'string' ? `deleted with ${why}` : reasonOf(object, why),
    impact: kindOf(kind).impact('delete', []),
    fields: [],
    observed: object,
    ...(typeof why === 'string' && { impliedBy: why }),
  };
}

function reasonOf({ disturbs, incomplete }: Observed, { from, to }: Sides): string {
  return disturbs === undefined ? (incomplete ?? `${from}, not ${to}`) : `foreign: ${disturbs.why}`;
}
