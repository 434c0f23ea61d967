import { ObjectIndex } from '../diff/objects.ts';
import { kindOf } from '../kinds/registry.ts';
import type { Difference } from '../diff/diff.ts';
import type { Change } from '../model/change.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Observed, Resource } from '../model/resource.ts';
import type { Operation, Operations } from './operations.ts';

/** `before` has to end before `after` starts. A soft edge only protects traffic. */
export interface Edge {
  readonly before: Operation;
  readonly after: Operation;
  readonly soft: boolean;
}

/**
 * The order among operations. Only "needs" is ever declared; that what is needed goes last is derived here by turning
 * the edges round for what is taken away.
 */
export function edgesOf(
  graph: DesiredGraph,
  observed: readonly Observed[],
  { changes, standing }: Difference,
  operations: Operations,
): Edge[] {
  const edges: Edge[] = [];
  const add = (before: Operation | undefined, after: Operation | undefined, soft = false): void => {
    if (before && after && before !== after) edges.push({ before, after, soft });
  };
  // Where soft edges close a circle the later ones are given up: those first without which the kernel would refuse.
  entranceRemovalOrder(changes, operations, add);
  breakBeforeMakeOrder(changes, operations, add);
  makeBeforeBreakOrder(changes, operations, add);
  creationOrder(graph, operations, add);
  deletionOrder(observed, standing, operationsByObject(changes, operations), add);
  replacementOrder(operations, add);
  return edges;
}

type Add = (before: Operation | undefined, after: Operation | undefined, soft?: boolean) => void;

function creationOrder(graph: DesiredGraph, { creates }: Operations, add: Add): void {
  if (creates.size === 0) return;
  const index = new ObjectIndex([...graph.resources.values()]);
  const creators = new Map<Resource, Operation>();
  for (const operation of creates.values())
    if (operation.change?.desired) creators.set(operation.change.desired, operation);
  for (const [address, operation] of creates) {
    const resource = graph.resources.get(address);
    if (!resource) continue;
    for (const other of resource.after ?? []) add(creates.get(other), operation);
    for (const need of kindOf(resource.kind).needs(resource)) {
      for (const needed of index.resolve(resource.node, need)) {
        const other = creators.get(needed);
        if (need.reverse) add(operation, other, need.soft);
        else add(other, operation, need.soft);
      }
    }
  }
}

/**
 * What is made again goes first, by itself or with what it stands on. The new one need not stand on the same: a route that went with its
 * device comes through another, which waits for nothing.
 */
function replacementOrder({ creates, deletes }: Operations, add: Add): void {
  if (creates.size === 0) return;
  for (const [address, deletion] of deletes) add(deletion, creates.get(address));
}

/** By what is done to it, what stands: by itself, since its address would have to be put together for every question. */
interface OperationsByObject {
  readonly deletes: ReadonlyMap<Observed, Operation>;
  readonly updates: ReadonlyMap<Observed, Operation>;
}

function operationsByObject(changes: readonly Change[], { creates, deletes }: Operations): OperationsByObject {
  const byObject = { deletes: new Map<Observed, Operation>(), updates: new Map<Observed, Operation>() };
  for (const { address, observed } of changes) {
    if (!observed) continue;
    const deletion = deletes.get(address);
    if (deletion) byObject.deletes.set(observed, deletion);
    const make = creates.get(address);
    if (make?.role === 'update') byObject.updates.set(observed, make);
  }
  return byObject;
}

function deletionOrder(
  observed: readonly Observed[],
  standing: ObjectIndex<Observed>,
  { deletes, updates }: OperationsByObject,
  add: Add,
): void {
  if (deletes.size === 0) return;
  for (const object of observed) {
    // An object that is altered may be letting go of what it needed. One that is made again, because what it was in goes, is gone by itself.
    const own = deletes.get(object) ?? updates.get(object);
    if (!own) continue;
    for (const need of kindOf(object.kind).needs(object)) {
      for (const needed of standing.resolve(object.node, need)) {
        const other = deletes.get(needed);
        if (need.reverse) add(other, own, true);
        else add(own, other, need.soft);
        // Before a thing is altered, what stands on it and is to go goes.
        if (own.role === 'delete' && !need.reverse) add(own, updates.get(needed), true);
      }
    }
  }
}

/** What opened the node's own namespace goes before what guarded it. Any other namespace goes as a whole. */
function entranceRemovalOrder(changes: readonly Change[], { deletes }: Operations, add: Add): void {
  const going = changes.filter(({ netns, address }) => netns === null && deletes.has(address));
  const entrances = going.filter(({ kind }) => kindOf(kind).admitsTraffic === true);
  if (entrances.length === 0) return;
  const filters = going.filter(({ kind }) => kindOf(kind).filtersTraffic === true);
  for (const entrance of entrances) {
    for (const filter of filters) {
      if (filter.node === entrance.node) add(deletes.get(entrance.address), deletes.get(filter.address), true);
    }
  }
}

/** A MAC leaves its old place before it appears in the new one, also when the two are on different nodes. */
function breakBeforeMakeOrder(changes: readonly Change[], { creates, deletes }: Operations, add: Add): void {
  if (creates.size === 0 || deletes.size === 0) return;
  const leaving = new Map<string, Operation>();
  for (const { address, kind, observed } of changes) {
    const operation = deletes.get(address);
    if (!operation || !observed) continue;
    for (const claim of kindOf(kind).breakBeforeMake?.(observed) ?? []) leaving.set(claim, operation);
  }
  if (leaving.size === 0) return;
  for (const operation of creates.values()) {
    const desired = operation.change?.desired;
    for (const claim of desired ? (kindOf(desired.kind).breakBeforeMake?.(desired) ?? []) : [])
      add(leaving.get(claim), operation, true);
  }
}

/** Where there must always be a holder, a new one stands before an old one goes. */
function makeBeforeBreakOrder(changes: readonly Change[], { creates, deletes }: Operations, add: Add): void {
  if (creates.size === 0 || deletes.size === 0) return;
  const coming = new Map<string, Operation[]>();
  for (const { kind, desired, address } of changes) {
    const operation = creates.get(address);
    if (!desired || !operation) continue;
    for (const place of kindOf(kind).makeBeforeBreak?.(desired.spec) ?? []) {
      const there = coming.get(place);
      if (there) there.push(operation);
      else coming.set(place, [operation]);
    }
  }
  if (coming.size === 0) return;
  for (const { kind, observed, address, node } of changes) {
    const operation = deletes.get(address);
    if (!observed || !operation) continue;
    for (const place of kindOf(kind).makeBeforeBreak?.(observed.spec) ?? []) {
      for (const other of coming.get(place) ?? []) if (other.node === node) add(other, operation, true);
    }
  }
}
