import { kindOf } from '../kinds/registry.ts';
import type { Change } from '../model/change.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { addressOf, type Address, type Observed, type Resource } from '../model/resource.ts';
import { changeOf } from './compare.ts';
import { deletedWithContainer } from './containment.ts';
import type { ObjectIndex } from './objects.ts';

/** What stands, and what of it is in the place of something wanted. */
interface Standing {
  readonly observed: readonly Observed[];
  readonly index: ObjectIndex<Observed>;
  readonly wanted: ReadonlyMap<Observed, Resource>;
}

/**
 * Adds to the changes what is ours and not wanted, and what goes with something that goes: a wanted object is made again, an unwanted one
 * needs no command of its own.
 */
export function withRemovals(graph: DesiredGraph, standing: Standing, changes: Map<Address, Change>): void {
  const { observed, index, wanted } = standing;
  const unwanted = unwantedOf(graph, standing);
  const goes = new Map(unwanted);
  for (const { address, action, observed: seen } of changes.values())
    if (seen && action === 'replace') goes.set(seen, address);
  const carried = deletedWithContainer(observed, index, goes);
  for (const [object, address] of unwanted) changes.set(address, deletion(object, address, carried.get(object)));
  for (const [object, root] of carried) {
    const desired = wanted.get(object);
    if (!desired) continue;
    const impact = kindOf(desired.kind).impact('create', []);
    const change = changeOf(desired, { action: 'create', reason: goesWith(root), impact, fields: [] });
    changes.set(change.address, { ...change, impliedBy: root });
  }
}

function unwantedOf(graph: DesiredGraph, { observed, wanted }: Standing): Map<Observed, Address> {
  const unwanted = new Map<Observed, Address>();
  for (const object of observed) {
    if (wanted.has(object) || (object.owner !== 'ours' && object.adoptable !== true)) continue;
    const address = addressOf(object);
    const ours = object.owner === 'ours' || graph.known.has(address);
    if (ours && !graph.resources.has(address)) unwanted.set(object, address);
  }
  return unwanted;
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
    reason: root === undefined ? (object.incomplete ?? 'on the node, not in the file') : goesWith(root),
    impact: kindOf(kind).impact('delete', []),
    fields: [],
    observed: object,
    ...(root !== undefined && { impliedBy: root }),
  };
}

function goesWith(root: Address): string {
  return `goes with ${root}`;
}
