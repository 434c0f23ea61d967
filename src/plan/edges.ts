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
 * Returns the order among operations. The kinds declare only needs. The order of deletion is derived: what is needed is
 * deleted last.
 */
export function edgesOf(
  graph: DesiredGraph,
  observed: readonly Observed[],
  { changes, observedIndex }: Difference,
  operations: Operations,
): Edge[] {
  const edges: Edge[] = [];
  const add = (before: Operation | undefined, after: Operation | undefined, soft = false): void => {
    if (before && after && before !== after) edges.push({ before, after, soft });
  };
  // If soft edges close a cycle, the later ones are given up first; last those without which the kernel would refuse a
  // command.
  entranceRemovalOrder(changes, operations, add);
  breakBeforeMakeOrder(changes, operations, add);
  makeBeforeBreakOrder(changes, operations, add);
  creationOrder(graph, operations, add);
  deletionOrder(observed, observedIndex, operationsByObject(changes, operations), add);
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
 * Deletes a recreated object, or its container, before it is created. The new object need not have the needs of the old
 * one: a route that was deleted with its device returns through another device, which waits for nothing.
 */
function replacementOrder({ creates, deletes }: Operations, add: Add): void {
  if (creates.size === 0) return;
  for (const [address, deletion] of deletes) add(deletion, creates.get(address));
}

/** Operations keyed by observed object; avoids rebuilding addresses. */
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
    const other = creates.get(address);
    if (other?.role === 'update') byObject.updates.set(observed, other);
  }
  return byObject;
}

function deletionOrder(
  observed: readonly Observed[],
  index: ObjectIndex<Observed>,
  { deletes, updates }: OperationsByObject,
  add: Add,
): void {
  if (deletes.size === 0) return;
  for (const object of observed) {
    // An updated object may stop needing an object that is deleted. A recreated object whose container is deleted has
    // no deletion of its own.
    const own = deletes.get(object) ?? updates.get(object);
    if (!own) continue;
    const isContained = own.change?.observed !== object;
    for (const need of kindOf(object.kind).needs(object)) {
      // It is deleted with whichever of its containers is first (a route with its port or with its namespace).
      if (isContained && need.contains === true) continue;
      for (const needed of index.resolve(object.node, need)) {
        const other = deletes.get(needed);
        if (need.reverse) add(other, own, true);
        else add(own, other, need.soft);
        // Before an object is updated, deleted objects that need it are deleted.
        if (own.role === 'delete' && !need.reverse) add(own, updates.get(needed), true);
      }
    }
  }
}

/**
 * Deletes what admits traffic into the node's own namespace before what filters it. Other namespaces are deleted as a
 * whole.
 */
function entranceRemovalOrder(changes: readonly Change[], { deletes }: Operations, add: Add): void {
  const deleted = changes.filter(({ netns, address }) => netns === null && deletes.has(address));
  const entrances = deleted.filter(({ kind }) => kindOf(kind).admitsTraffic === true);
  if (entrances.length === 0) return;
  const filters = deleted.filter(({ kind }) => kindOf(kind).filtersTraffic === true);
  for (const entrance of entrances) {
    for (const filter of filters) {
      if (filter.node === entrance.node) add(deletes.get(entrance.address), deletes.get(filter.address), true);
    }
  }
}

/** Deletes the old holders of a key (a MAC) before the new one is created, also on another node. */
function breakBeforeMakeOrder(changes: readonly Change[], { creates, deletes }: Operations, add: Add): void {
  if (creates.size === 0 || deletes.size === 0) return;
  const holders = new Map<string, Operation[]>();
  for (const { address, kind, observed } of changes) {
    const operation = deletes.get(address);
    if (!operation || !observed) continue;
    const own = kindOf(kind);
    for (const claim of [...(own.breakBeforeMake?.(observed) ?? []), ...(own.givesUp?.(observed) ?? [])]) {
      const known = holders.get(claim);
      if (known) known.push(operation);
      else holders.set(claim, [operation]);
    }
  }
  if (holders.size === 0) return;
  for (const operation of creates.values()) {
    const desired = operation.change?.desired;
    for (const claim of desired ? (kindOf(desired.kind).breakBeforeMake?.(desired) ?? []) : [])
      for (const holder of holders.get(claim) ?? []) add(holder, operation, true);
  }
}

/** Creates the new holder of a key that must always have one before the old holder is deleted. */
function makeBeforeBreakOrder(changes: readonly Change[], { creates, deletes }: Operations, add: Add): void {
  if (creates.size === 0 || deletes.size === 0) return;
  const coming = new Map<string, Operation[]>();
  for (const { kind, desired, address } of changes) {
    const operation = creates.get(address);
    if (!desired || !operation) continue;
    for (const key of kindOf(kind).makeBeforeBreak?.(desired.spec) ?? []) {
      const known = coming.get(key);
      if (known) known.push(operation);
      else coming.set(key, [operation]);
    }
  }
  if (coming.size === 0) return;
  for (const { kind, observed, address, node } of changes) {
    const operation = deletes.get(address);
    if (!observed || !operation) continue;
    for (const key of kindOf(kind).makeBeforeBreak?.(observed.spec) ?? []) {
      for (const other of coming.get(key) ?? []) if (other.node === node) add(other, operation, true);
    }
  }
}
