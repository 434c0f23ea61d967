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
  closingOrder(changes, operations, add);
  claimsOrder(changes, operations, add);
  holdersOrder(changes, operations, add);
  makingOrder(graph, operations, add);
  takingOrder(observed, standing, undoingOf(changes, operations), add);
  replacingOrder(operations, add);
  return edges;
}

type Add = (before: Operation | undefined, after: Operation | undefined, soft?: boolean) => void;

function makingOrder(graph: DesiredGraph, { makes }: Operations, add: Add): void {
  if (makes.size === 0) return;
  const index = new ObjectIndex([...graph.resources.values()]);
  const makers = new Map<Resource, Operation>();
  for (const operation of makes.values())
    if (operation.change?.desired) makers.set(operation.change.desired, operation);
  for (const [address, operation] of makes) {
    const resource = graph.resources.get(address);
    if (!resource) continue;
    for (const other of resource.after ?? []) add(makes.get(other), operation);
    for (const need of kindOf(resource.kind).needs(resource)) {
      for (const needed of index.resolve(resource.node, need)) {
        const other = makers.get(needed);
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
function replacingOrder({ makes, unmakes }: Operations, add: Add): void {
  if (makes.size === 0) return;
  for (const [address, unmake] of unmakes) add(unmake, makes.get(address));
}

/** By what is done to it, what stands: by itself, since its address would have to be put together for every question. */
interface Undoing {
  readonly unmakes: ReadonlyMap<Observed, Operation>;
  readonly alters: ReadonlyMap<Observed, Operation>;
}

function undoingOf(changes: readonly Change[], { makes, unmakes }: Operations): Undoing {
  const undoing = { unmakes: new Map<Observed, Operation>(), alters: new Map<Observed, Operation>() };
  for (const { address, observed } of changes) {
    if (!observed) continue;
    const unmake = unmakes.get(address);
    if (unmake) undoing.unmakes.set(observed, unmake);
    const make = makes.get(address);
    if (make?.role === 'alter') undoing.alters.set(observed, make);
  }
  return undoing;
}

function takingOrder(
  observed: readonly Observed[],
  standing: ObjectIndex<Observed>,
  { unmakes, alters }: Undoing,
  add: Add,
): void {
  if (unmakes.size === 0) return;
  for (const object of observed) {
    // An object that is altered may be letting go of what it needed. One that is made again, because what it was in goes, is gone by itself.
    const own = unmakes.get(object) ?? alters.get(object);
    if (!own) continue;
    for (const need of kindOf(object.kind).needs(object)) {
      for (const needed of standing.resolve(object.node, need)) {
        const other = unmakes.get(needed);
        if (need.reverse) add(other, own, true);
        else add(own, other, need.soft);
        // Before a thing is altered, what stands on it and is to go goes.
        if (own.role === 'unmake' && !need.reverse) add(own, alters.get(needed), true);
      }
    }
  }
}

/** What opened the node's own namespace goes before what guarded it. Any other namespace goes as a whole. */
function closingOrder(changes: readonly Change[], { unmakes }: Operations, add: Add): void {
  const going = changes.filter(({ netns, address }) => netns === null && unmakes.has(address));
  const ways = going.filter(({ kind }) => kindOf(kind).admitsTraffic === true);
  if (ways.length === 0) return;
  const guards = going.filter(({ kind }) => kindOf(kind).filtersTraffic === true);
  for (const way of ways) {
    for (const guard of guards) {
      if (guard.node === way.node) add(unmakes.get(way.address), unmakes.get(guard.address), true);
    }
  }
}

/** A MAC leaves its old place before it appears in the new one, also when the two are on different nodes. */
function claimsOrder(changes: readonly Change[], { makes, unmakes }: Operations, add: Add): void {
  if (makes.size === 0 || unmakes.size === 0) return;
  const leaving = new Map<string, Operation>();
  for (const { address, kind, observed } of changes) {
    const operation = unmakes.get(address);
    if (!operation || !observed) continue;
    for (const claim of kindOf(kind).breakBeforeMake?.(observed) ?? []) leaving.set(claim, operation);
  }
  if (leaving.size === 0) return;
  for (const operation of makes.values()) {
    const desired = operation.change?.desired;
    for (const claim of desired ? (kindOf(desired.kind).breakBeforeMake?.(desired) ?? []) : [])
      add(leaving.get(claim), operation, true);
  }
}

/** Where there must always be a holder, a new one stands before an old one goes. */
function holdersOrder(changes: readonly Change[], { makes, unmakes }: Operations, add: Add): void {
  if (makes.size === 0 || unmakes.size === 0) return;
  const coming = new Map<string, Operation[]>();
  for (const { kind, desired, address } of changes) {
    const operation = makes.get(address);
    if (!desired || !operation) continue;
    for (const place of kindOf(kind).makeBeforeBreak?.(desired.spec) ?? []) {
      const there = coming.get(place);
      if (there) there.push(operation);
      else coming.set(place, [operation]);
    }
  }
  if (coming.size === 0) return;
  for (const { kind, observed, address, node } of changes) {
    const operation = unmakes.get(address);
    if (!observed || !operation) continue;
    for (const place of kindOf(kind).makeBeforeBreak?.(observed.spec) ?? []) {
      for (const other of coming.get(place) ?? []) if (other.node === node) add(other, operation, true);
    }
  }
}
