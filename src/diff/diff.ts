import { addressCollisions } from '../kinds/collisions.ts';
import { kindOf } from '../kinds/registry.ts';
import { NODE_AND_FILE, type Change, type Sides } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { KindContext } from '../model/kind.ts';
import { addressOf, type Address, type Observed, type Resource } from '../model/resource.ts';
import { compareOne } from './compare.ts';
import { foreignWarnings } from './foreign.ts';
import { ObjectIndex } from './objects.ts';
import { withRemovals } from './removal.ts';

/** The differences between the desired and the observed network. */
export interface Difference {
  /** In order of address. */
  readonly changes: readonly Change[];
  /** What prevents the changes: if one is an error, none of the changes may be made. */
  readonly diagnostics: readonly Diagnostic[];
  /** Number of observed objects that are ours. */
  readonly owned: number;
  /** Foreign objects that can disturb traffic, and that no change deletes. */
  readonly foreign: readonly Observed[];
  /**
   * All observed objects, indexed, for the ordering of the changes: building the index takes as long as comparing all
   * objects.
   */
  readonly observedIndex: ObjectIndex<Observed>;
}

/**
 * Compares desired and observed objects one by one. Objects that are ours and not desired are deleted. Foreign objects
 * are left alone, and are an error at the address of a desired one; those that disturb traffic are warnings, or deleted
 * with `healForeign`. Pure.
 * @param inspected the desired objects that the kinds are to inspect
 */
export function diff(
  graph: DesiredGraph,
  observed: readonly Observed[],
  context: KindContext,
  inspected = graph,
): Difference {
  const { changes, conflicts, foreign, index } = compareAll(graph, observed);
  const changedNodes = new Set<string>();
  for (const { node } of changes.values()) changedNodes.add(node);
  // On a node without changes, what is wrong is a warning: it stops nothing.
  const found = [...collisionsIn(graph, context), ...inspectAll(inspected, changes, context)].map((d) =>
    changedNodes.has(d.place?.node ?? '') ? d : { ...d, severity: 'warning' as const },
  );
  return {
    changes: inOrder(changes),
    diagnostics: [...conflicts, ...found, ...foreignWarnings(foreign)],
    foreign,
    owned: ownedOf(observed),
    observedIndex: index,
  };
}

/** Returns the number of objects that are ours. */
export function ownedOf(observed: readonly Observed[]): number {
  let owned = 0;
  for (const { owner } of observed) if (owner === 'ours') owned += 1;
  return owned;
}

/**
 * Returns the changes that lead from objects to desired ones. No node is asked what speaks against them. Pure.
 * @param sides what is compared, for the reasons of the changes
 */
export function changesBetween(
  observed: readonly Observed[],
  graph: DesiredGraph,
  sides: Sides,
): Pick<Difference, 'changes' | 'diagnostics' | 'foreign'> {
  const { changes, conflicts, foreign } = compareAll(graph, observed, sides);
  return { changes: inOrder(changes), diagnostics: [...conflicts, ...foreignWarnings(foreign)], foreign };
}

/** All changes, and the foreign objects that are in the way of one or disturb traffic. */
interface Compared {
  readonly changes: ReadonlyMap<Address, Change>;
  readonly conflicts: readonly Diagnostic[];
  readonly foreign: readonly Observed[];
  readonly index: ObjectIndex<Observed>;
}

function compareAll(graph: DesiredGraph, observed: readonly Observed[], sides: Sides = NODE_AND_FILE): Compared {
  const index = new ObjectIndex(observed);
  const changes = new Map<Address, Change>();
  const conflicts: Diagnostic[] = [];
  const desired = new Map<Observed, Resource>();
  for (const resource of graph.resources.values()) {
    const seen = index.find(resource);
    if (seen) desired.set(seen, resource);
    const result = compareOne(resource, seen, sides, graph.created?.has(addressOf(resource)));
    if (result === undefined) continue;
    if ('code' in result) conflicts.push(result);
    else changes.set(result.address, result);
  }
  const foreign = withRemovals(graph, { observed, index, desired }, changes, sides);
  return { changes, conflicts, foreign, index };
}

/** Returns the errors about addresses of the topology that others have on the nodes. */
function collisionsIn({ nodes, segments, topology }: DesiredGraph, context: KindContext): readonly Diagnostic[] {
  if (segments === undefined) return [];
  return addressCollisions(
    segments,
    topology,
    nodes.flatMap((node) => context.view(node) ?? []),
  );
}

/** Collects what the kinds report against the desired objects in the present state, and against deletions. */
function inspectAll(graph: DesiredGraph, changes: ReadonlyMap<Address, Change>, context: KindContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const resource of graph.resources.values()) {
    const kind = kindOf(resource.kind);
    if (kind.inspect) found.push(...kind.inspect(resource, changes.get(addressOf(resource)), context));
  }
  for (const { kind, observed, action, impliedBy } of changes.values()) {
    if (!observed || action !== 'delete' || impliedBy !== undefined) continue;
    found.push(...(kindOf(kind).inspectRemoval?.(observed, context) ?? []));
  }
  return withoutDuplicates(found);
}

/** Keeps the first of several equal diagnostics: each object of a node reports that its switch does not run. */
function withoutDuplicates(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, summary }) => {
    const text = `${code} ${summary}`;
    return seen.size < seen.add(text).size;
  });
}

/**
 * Sorts by address, as plain strings: with a comparison function, sorting a plan that deletes everything took longer
 * than making it.
 */
function inOrder(changes: ReadonlyMap<Address, Change>): readonly Change[] {
  return [...changes.keys()].sort().flatMap((address) => changes.get(address) ?? []);
}
