import type { ObjectIndex } from '../diff/objects.ts';
import { kindOf } from '../kinds/registry.ts';
import { addressOf, type Address, type Observed } from '../model/resource.ts';
import type { Operation } from './operations.ts';

type Pair = readonly [Operation, Operation];

/**
 * Returns edges that put missing filters of a node before all its other work: while rules that must precede a link are
 * missing and the link exists, its traffic is unfiltered. What the filters need comes before them as ever, so no cycle
 * arises. Most plans have none of this.
 */
export function filtersFirst(
  all: readonly Operation[],
  edges: readonly Pair[],
  observed: ObjectIndex<Observed>,
  deletes: ReadonlyMap<Address, Operation>,
): readonly Pair[] {
  const late = all.filter((operation) => isLate(operation, observed, deletes));
  if (late.length === 0) return [];
  const after = neighbours(edges);
  const before = neighbours(edges.map(([a, b]) => [b, a]));
  // The jump to a filter is a filter too.
  const urgent = reachable(late, (operation) => (after.get(operation) ?? []).filter(filtersNode));
  const first = reachable(urgent, (operation) => before.get(operation) ?? []);
  const last = [...urgent].filter((operation) => !(after.get(operation) ?? []).some((next) => urgent.has(next)));
  // All others wait through these.
  const next = all.filter(
    (other) => !first.has(other) && (before.get(other) ?? []).every((one) => first.has(one) || one.node !== other.node),
  );
  return last.flatMap((filter) =>
    next.filter(({ node }) => node === filter.node).map((other): Pair => [filter, other]),
  );
}

/** An operation on an object that filters in the node's own namespace. */
function filtersNode({ change, role }: Operation): boolean {
  return change?.netns === null && role !== 'delete' && kindOf(change.kind).filtersTraffic === true;
}

/** True if the desired object must precede a link that exists and stays, and the observed one knows nothing of it. */
function isLate(
  { change, role, node }: Operation,
  observed: ObjectIndex<Observed>,
  deletes: ReadonlyMap<Address, Operation>,
): boolean {
  if (change?.netns !== null || change.desired === undefined || (role !== 'create' && role !== 'update')) return false;
  const kind = kindOf(change.kind);
  const linksOf = (object: Parameters<typeof kind.needs>[0]): readonly string[] =>
    [...kind.needs(object)].flatMap((need) => (need.kind === 'link' && need.reverse === true ? [need.name] : []));
  const known = new Set(change.observed === undefined ? [] : linksOf(change.observed));
  return linksOf(change.desired).some(
    (name) =>
      !known.has(name) &&
      observed.resolve(node, { kind: 'link', netns: null, name }).some((link) => !deletes.has(addressOf(link))),
  );
}

function neighbours(edges: readonly Pair[]): ReadonlyMap<Operation, readonly Operation[]> {
  const found = new Map<Operation, Operation[]>();
  for (const [from, to] of edges) {
    const list = found.get(from);
    if (list) list.push(to);
    else found.set(from, [to]);
  }
  return found;
}

/** Returns the operations reached from these, and these. */
function reachable(
  from: Iterable<Operation>,
  next: (operation: Operation) => readonly Operation[],
): ReadonlySet<Operation> {
  const found = new Set(from);
  for (const operation of found) for (const other of next(operation)) found.add(other);
  return found;
}
