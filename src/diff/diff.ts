import { kindOf } from '../kinds/registry.ts';
import type { Change } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { KindContext } from '../model/kind.ts';
import { addressOf, type Address, type Observed, type Resource } from '../model/resource.ts';
import { compareOne } from './compare.ts';
import { ObjectIndex } from './objects.ts';
import { withRemovals } from './removal.ts';

/** What differs between the wanted and the running network. */
export interface Difference {
  /** In order of address. */
  readonly changes: readonly Change[];
  /** What stands in the way; an error means that none of the changes may be made. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many objects of ours stand. */
  readonly owned: number;
  /** What stands, for whoever puts the changes in order: looking through it all takes as long as comparing it. */
  readonly standing: ObjectIndex<Observed>;
}

/**
 * Compares wanted and observed objects one by one. What is ours and not wanted goes; what is not ours is left alone, and is an error when it
 * stands where something is wanted. Pure.
 */
export function diff(graph: DesiredGraph, observed: readonly Observed[], context: KindContext): Difference {
  const index = new ObjectIndex(observed);
  const changes = new Map<Address, Change>();
  const conflicts: Diagnostic[] = [];
  const wanted = new Map<Observed, Resource>();
  for (const resource of graph.resources.values()) {
    const seen = index.find(resource);
    if (seen) wanted.set(seen, resource);
    const result = compareOne(resource, seen);
    if (result === undefined) continue;
    if ('code' in result) conflicts.push(result);
    else changes.set(result.address, result);
  }
  withRemovals(graph, { observed, index, wanted }, changes);
  const busy = new Set<string>();
  for (const { node } of changes.values()) busy.add(node);
  // Where nothing is to be done, what is wrong is worth a word but stops nothing.
  const remarks = inspectAll(graph, changes, context).map((d) =>
    busy.has(d.place?.node ?? '') ? d : { ...d, severity: 'warning' as const },
  );
  return {
    changes: inOrder(changes),
    diagnostics: [...conflicts, ...remarks],
    owned: observed.filter((object) => object.owner === 'ours').length,
    standing: index,
  };
}

/** What the kinds have to say against the wanted objects as things stand, and against what is taken away. */
function inspectAll(graph: DesiredGraph, changes: ReadonlyMap<Address, Change>, context: KindContext): Diagnostic[] {
  const remarks: Diagnostic[] = [];
  for (const resource of graph.resources.values()) {
    const kind = kindOf(resource.kind);
    if (kind.inspect) remarks.push(...kind.inspect(resource, changes.get(addressOf(resource)), context));
  }
  for (const { kind, observed, action, impliedBy } of changes.values()) {
    if (!observed || action !== 'delete' || impliedBy !== undefined) continue;
    remarks.push(...(kindOf(kind).inspectRemoval?.(observed, context) ?? []));
  }
  return once(remarks);
}

/** What every object of a node would say (its switch does not run) is said by the first. */
function once(remarks: readonly Diagnostic[]): Diagnostic[] {
  const said = new Set<string>();
  return remarks.filter(({ code, summary }) => {
    const text = `${code} ${summary}`;
    return said.size < said.add(text).size;
  });
}

/** Sorted as texts: with a comparison of its own, sorting a plan that takes everything down took longer than making it. */
function inOrder(changes: ReadonlyMap<Address, Change>): readonly Change[] {
  return [...changes.keys()].sort().flatMap((address) => changes.get(address) ?? []);
}
