import { alg, Graph } from '@dagrejs/graphlib';
import { kindOf } from '../../src/kinds/registry.ts';
import { ObjectIndex } from '../../src/diff/objects.ts';
import type { Change } from '../../src/model/change.ts';
import type { Command } from '../../src/model/command.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { KindContext } from '../../src/model/kind.ts';
import type { Plan } from '../../src/model/plan.ts';
import { addressOf, type Observed } from '../../src/model/resource.ts';

/** What is done to one object, in a word: it is brought about (or altered), or taken away. */
export interface Work {
  readonly what: string;
  readonly node: string;
  readonly commands: readonly Command[];
}

/** One thing that has to end before another starts. A soft order only protects traffic. */
export interface DeclaredOrder {
  readonly before: Work;
  readonly after: Work;
  readonly soft: boolean;
}

/** The order that the kinds and features ask for among these changes, read from what they declare and from nothing else. */
export function declaredOrders(
  to: DesiredGraph,
  observed: readonly Observed[],
  { changes }: Plan,
  context: KindContext,
): DeclaredOrder[] {
  const creates = new Map(changes.map((change) => [change.address, creating(change, context)]));
  const deletes = new Map(changes.map((change) => [change.address, deleting(change, context)]));
  const altered = new Set(changes.flatMap(({ action, address }) => (action === 'update' ? [address] : [])));
  const orders: DeclaredOrder[] = [];
  const add = (before: Work | undefined, after: Work | undefined, soft: boolean): void => {
    if (before && after && before !== after) orders.push({ before, after, soft });
  };
  const wanted = new ObjectIndex([...to.resources.values()]);
  const standing = new ObjectIndex(observed);
  for (const { action, address, desired, observed: seen } of changes) {
    add(deletes.get(address), creates.get(address), false);
    if (desired) {
      for (const other of desired.after ?? []) add(creates.get(other), creates.get(address), false);
      for (const need of kindOf(desired.kind).needs(desired)) {
        for (const other of wanted.resolve(desired.node, need)) {
          const [first, second] = need.reverse === true ? [address, addressOf(other)] : [addressOf(other), address];
          add(creates.get(first), creates.get(second), need.soft === true);
        }
      }
    }
    if (!seen) continue;
    // What is altered lets go of what it needed.
    const own = deletes.get(address) ?? (action === 'update' ? creates.get(address) : undefined);
    for (const need of kindOf(seen.kind).needs(seen)) {
      for (const other of standing.resolve(seen.node, need)) {
        const needed = deletes.get(addressOf(other));
        if (need.reverse === true) add(needed, own, true);
        else add(own, needed, need.soft === true);
        const isAltered = altered.has(addressOf(other)) && need.reverse !== true;
        if (isAltered) add(deletes.get(address), creates.get(addressOf(other)), true);
      }
    }
  }
  return [...orders, ...claims(changes, creates, deletes)];
}

/** The orders that must be kept: of a circle, those that are not soft. */
export function withoutCycles(orders: readonly DeclaredOrder[]): readonly DeclaredOrder[] {
  const graph = new Graph();
  for (const { before, after } of orders) graph.setEdge(before.what, after.what);
  const circles = alg.tarjan(graph).filter(({ length }) => length > 1);
  const circleOf = new Map(circles.flatMap((circle) => circle.map((what) => [what, circle] as const)));
  return orders.filter(({ before, after, soft }) => {
    const circle = circleOf.get(before.what);
    return !soft || circle === undefined || circle !== circleOf.get(after.what);
  });
}

/** All that is done by a plan, but for what its effects owe. */
export function workOf({ changes }: Plan, context: KindContext): Work[] {
  return changes.flatMap((change) => [creating(change, context), deleting(change, context)]).filter((work) => !!work);
}

/** What may be there once leaves its old place before it appears in the new one. */
function claims(
  changes: readonly Change[],
  creates: ReadonlyMap<string, Work | undefined>,
  deletes: ReadonlyMap<string, Work | undefined>,
): DeclaredOrder[] {
  const keysOf = (object: Observed | Change['desired']): readonly string[] =>
    object === undefined ? [] : (kindOf(object.kind).breakBeforeMake?.(object) ?? []);
  return changes.flatMap((leaving) =>
    changes.flatMap((coming) => {
      const before = deletes.get(leaving.address);
      const after = creates.get(coming.address);
      if (!before || !after) return [];
      const given = new Set(keysOf(leaving.observed));
      return keysOf(coming.desired).some((key) => given.has(key)) ? [{ before, after, soft: true }] : [];
    }),
  );
}

function creating(
  { node, action, address, kind, desired, observed, fields }: Change,
  context: KindContext,
): Work | undefined {
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
): Work | undefined {
  if (!observed || impliedBy !== undefined || action === 'create' || action === 'update') return undefined;
  return { what: `remove ${address}`, node, commands: kindOf(kind).remove(observed, context) };
}
