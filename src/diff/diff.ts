import { kindOf } from '../kinds/registry.ts';
import type { Change, FieldChange } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { KindContext } from '../model/kind.ts';
import { addressOf, type Address, type Observed, type Resource } from '../model/resource.ts';
import { carriedAway } from './containment.ts';
import { ObjectIndex } from './objects.ts';

/** What differs between the wanted and the running network. */
export interface Difference {
  /** In order of address. */
  readonly changes: readonly Change[];
  /** What stands in the way; an error means that none of the changes may be made. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many objects of ours stand. */
  readonly owned: number;
}

/**
 * Compares wanted and observed objects one by one. What is ours and not wanted goes; what is not ours is left alone, and is an error when it
 * stands where something is wanted. Pure.
 */
export function diff(graph: DesiredGraph, observed: readonly Observed[], context: KindContext): Difference {
  const index = new ObjectIndex(observed);
  const changes = new Map<Address, Change>();
  const conflicts: Diagnostic[] = [];
  const remarks: Diagnostic[] = [];
  for (const resource of graph.resources.values()) {
    const seen = index.get(addressOf(resource));
    const result = compareOne(resource, seen);
    if ('code' in result) conflicts.push(result);
    else if ('action' in result) changes.set(result.address, result);
  }
  for (const object of observed) {
    const address = addressOf(object);
    const ours = object.owner === 'ours' || (object.adoptable === true && graph.known.has(address));
    if (ours && !graph.resources.has(address)) changes.set(address, deletion(object));
  }
  const all = propagate(graph, observed, index, changes);
  for (const resource of graph.resources.values()) {
    const change = all.get(addressOf(resource));
    remarks.push(...(kindOf(resource.kind).inspect?.(resource, change, context) ?? []));
  }
  for (const { kind, observed: leaving, action, impliedBy } of all.values()) {
    if (leaving && action === 'delete' && impliedBy === undefined) {
      remarks.push(...(kindOf(kind).inspectRemoval?.(leaving, context) ?? []));
    }
  }
  const busy = new Set([...all.values()].map((change) => change.node));
  return {
    changes: [...all.values()].sort((a, b) => (a.address < b.address ? -1 : 1)),
    diagnostics: [
      ...conflicts,
      // Where nothing is to be done, what is wrong is worth a word but stops nothing.
      ...remarks.map((d) => (busy.has(d.place?.node ?? '') ? d : { ...d, severity: 'warning' as const })),
    ],
    owned: observed.filter((object) => object.owner === 'ours').length,
  };
}

const NOTHING = {};

function compareOne(resource: Resource, seen: Observed | undefined): Change | Diagnostic | typeof NOTHING {
  const kind = kindOf(resource.kind);
  const address = addressOf(resource);
  const base = {
    node: resource.node,
    netns: resource.netns,
    kind: resource.kind,
    name: resource.name,
    address,
    origin: resource.origin,
    desired: resource,
  };
  if (!seen) {
    return {
      ...base,
      action: 'create',
      reason: 'in the file, not on the node',
      impact: kind.impact('create', []),
      fields: [],
    };
  }
  if (seen.owner !== 'ours' && kind.foreign !== 'borrowed') {
    if (kind.foreign === 'suffices') return NOTHING;
    const adopted =
      seen.owner === 'foreign' && (seen.adoptable === true || kind.adopts?.(resource.spec, seen) === true);
    if (!adopted) return conflict(resource, seen);
  }
  if (seen.halfBorn !== undefined)
    return { ...base, observed: seen, action: 'replace', reason: seen.halfBorn, impact: 'recreate', fields: [] };
  const fields = kind.compare(resource.spec, seen.spec);
  if (fields.length === 0) return NOTHING;
  const anew = fields.filter((field) => field.replace);
  const action = anew.length > 0 ? 'replace' : 'update';
  const reason =
    anew.length > 0 ? `${names(anew)} can't be altered in place` : `on the node, but with another ${names(fields)}`;
  return { ...base, observed: seen, action, reason, impact: kind.impact(action, fields), fields };
}

function names(fields: readonly FieldChange[]): string {
  return fields.map(({ field }) => field).join(', ');
}

function deletion(object: Observed): Change {
  const { node, netns, kind, name } = object;
  const reason = object.halfBorn ?? 'on the node, not in the file';
  const impact = kindOf(kind).impact('delete', []);
  return {
    node,
    netns,
    kind,
    name,
    address: addressOf(object),
    action: 'delete',
    reason,
    impact,
    fields: [],
    observed: object,
  };
}

function conflict(resource: Resource, seen: Observed): Diagnostic {
  const whose = typeof seen.owner === 'object' ? `topology ${seen.owner.topology}` : 'somebody else';
  return {
    code: 'NLP10',
    severity: 'error',
    summary: `${resource.kind} ${resource.name} on ${resource.node} belongs to ${whose}`,
    detail:
      'It carries no mark of this topology, so netloom neither alters nor deletes it, and it stands where one of ours should.',
    ...(resource.origin.range && { range: resource.origin.range }),
    place: { node: resource.node, ...(resource.netns !== null && { netns: resource.netns }) },
    hint: 'remove it by hand, or give the object in the file another id or name',
  };
}

/** What goes with something that goes: a wanted object is made again, an unwanted one needs no command of its own. */
function propagate(
  graph: DesiredGraph,
  observed: readonly Observed[],
  index: ObjectIndex<Observed>,
  changes: ReadonlyMap<Address, Change>,
): Map<Address, Change> {
  const goes = new Set(
    [...changes.values()].filter((c) => c.action === 'delete' || c.action === 'replace').map((c) => c.address),
  );
  const result = new Map(changes);
  if (goes.size === 0) return result;
  for (const [address, root] of carriedAway(observed, index, goes)) {
    const seen = index.get(address);
    const desired = graph.resources.get(address);
    const known = changes.get(address);
    if (!seen) continue;
    if (desired) {
      const { node, netns, kind, name, origin } = desired;
      const impact = kindOf(kind).impact('create', []);
      result.set(address, {
        node,
        netns,
        kind,
        name,
        address,
        origin,
        desired,
        action: 'create',
        reason: `goes with ${root}`,
        impact,
        fields: [],
      });
    } else if (known) {
      result.set(address, { ...known, reason: `goes with ${root}`, impliedBy: root });
    }
  }
  return result;
}
