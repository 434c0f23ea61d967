import { alg, Graph } from '@dagrejs/graphlib';
import { kindOf } from '../../src/kinds/registry.ts';
import { ObjectIndex } from '../../src/diff/objects.ts';
import type { Change } from '../../src/model/change.ts';
import type { Command } from '../../src/model/command.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { KindContext } from '../../src/model/kind.ts';
import type { Plan } from '../../src/model/plan.ts';
import { addressOf, type Address, type Observed } from '../../src/model/resource.ts';

/** One operation on an object: create, update or delete. */
export interface Operation {
  readonly what: string;
  readonly node: string;
  readonly commands: readonly Command[];
}

/** One operation that must end before another starts. A soft order only protects traffic. */
export interface DeclaredOrder {
  readonly before: Operation;
  readonly after: Operation;
  readonly soft: boolean;
  /** It is between deletions of containers: a soft order may be given up for it, but it is not declared. */
  readonly implied?: boolean;
}

/** Returns the orders that kinds and features declare for these changes, derived only from their declarations. */
export function declaredOrders(
  to: DesiredGraph,
  observed: readonly Observed[],
  { changes }: Plan,
  context: KindContext,
): DeclaredOrder[] {
  const creates = new Map(changes.map((change) => [change.address, creating(change, context)]));
  const deletes = new Map(changes.map((change) => [change.address, deleting(change, context)]));
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  const deletionOf = (address: Address): Operation | undefined => {
    const container = byAddress.get(address)?.impliedBy;
    return container === undefined ? deletes.get(address) : deletionOf(container);
  };
  const updated = new Set(changes.flatMap(({ action, address }) => (action === 'update' ? [address] : [])));
  const orders: DeclaredOrder[] = [];
  const add = (before: Operation | undefined, after: Operation | undefined, soft: boolean): void => {
    if (before && after && before !== after) orders.push({ before, after, soft });
  };
  const desiredObjects = new ObjectIndex([...to.resources.values()]);
  const observedObjects = new ObjectIndex(observed);
  for (const { action, address, desired, observed: seen } of changes) {
    add(deletes.get(address), creates.get(address), false);
    if (desired) {
      for (const other of desired.after ?? []) add(creates.get(other), creates.get(address), false);
      for (const need of kindOf(desired.kind).needs(desired)) {
        for (const other of desiredObjects.resolve(desired.node, need)) {
          const [first, second] = need.reverse === true ? [address, addressOf(other)] : [addressOf(other), address];
          add(creates.get(first), creates.get(second), need.soft === true);
        }
      }
    }
    if (!seen) continue;
    // An updated object no longer needs what it needed before.
    const own = deletes.get(address) ?? (action === 'update' ? creates.get(address) : undefined);
    for (const need of kindOf(seen.kind).needs(seen)) {
      for (const other of observedObjects.resolve(seen.node, need)) {
        const needed = deletes.get(addressOf(other));
        if (need.reverse === true) add(needed, own, true);
        else add(own, needed, need.soft === true);
        const container = deletionOf(addressOf(other));
        if (own && container && needed === undefined && own !== container && need.reverse !== true) {
          orders.push({ before: own, after: container, soft: true, implied: true });
        }
        const isUpdated = updated.has(addressOf(other)) && need.reverse !== true;
        if (isUpdated) add(deletes.get(address), creates.get(addressOf(other)), true);
      }
    }
  }
  return [...orders, ...claims(changes, creates, deletes)];
}

/** Returns the orders that a plan must keep: all but the soft ones within a cycle. */
export function withoutCycles(orders: readonly DeclaredOrder[]): readonly DeclaredOrder[] {
  const graph = new Graph();
  for (const { before, after } of orders) graph.setEdge(before.what, after.what);
  const cycles = alg.tarjan(graph).filter(({ length }) => length > 1);
  const cycleOf = new Map(cycles.flatMap((cycle) => cycle.map((what) => [what, cycle] as const)));
  return orders.filter(({ before, after, soft, implied }) => {
    if (implied === true) return false;
    const cycle = cycleOf.get(before.what);
    return !soft || cycle === undefined || cycle !== cycleOf.get(after.what);
  });
}

/** Returns all operations of a plan, without owed effects. */
export function operationsOf({ changes }: Plan, context: KindContext): Operation[] {
  return changes.flatMap((change) => [creating(change, context), deleting(change, context)]).filter((work) => !!work);
}

/**
 * Returns the orders of claims: an object that may exist only once is deleted in its old location before it is created
 * in the new one, and what gives a key up before what takes it.
 */
function claims(
  changes: readonly Change[],
  creates: ReadonlyMap<string, Operation | undefined>,
  deletes: ReadonlyMap<string, Operation | undefined>,
): DeclaredOrder[] {
  const keysOf = (object: Observed | Change['desired']): readonly string[] =>
    object === undefined ? [] : (kindOf(object.kind).breakBeforeMake?.(object) ?? []);
  const givenUpBy = (object: Observed | undefined): readonly string[] =>
    object === undefined ? [] : [...keysOf(object), ...(kindOf(object.kind).givesUp?.(object) ?? [])];
  return changes.flatMap((leaving) =>
    changes.flatMap((coming) => {
      const before = deletes.get(leaving.address);
      const after = creates.get(coming.address);
      if (!before || !after) return [];
      const given = new Set(givenUpBy(leaving.observed));
      return keysOf(coming.desired).some((key) => given.has(key)) ? [{ before, after, soft: true }] : [];
    }),
  );
}

function creating(
  { node, action, address, kind, desired, observed, fields }: Change,
  context: KindContext,
): Operation | undefined {
  if (!desired) return undefined;
  const commands =
    action === 'update' && observed
      ? kindOf(kind).update(desired, observed, fields, context)
      : kindOf(kind).create(desired, context);
  return { what: `${action === 'update' ? 'update' : 'create'} ${address}`, node, commands };
}

function deleting(
  { node, action, address, kind, observed, impliedBy }: Change,
  context: KindContext,
): Operation | undefined {
  if (!observed || impliedBy !== undefined || action === 'create' || action === 'update') return undefined;
  return { what: `remove ${address}`, node, commands: kindOf(kind).remove(observed, context) };
}
