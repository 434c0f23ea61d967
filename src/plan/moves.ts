import { kindOf } from '../kinds/registry.ts';
import type { Change } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { addressOf, type Observed, type Ref, type Resource } from '../model/resource.ts';

/** What moves are looked for in: a plan's changes, and what it was made from. */
export interface Crossing {
  readonly changes: readonly Change[];
  /** The desired state of all nodes. */
  readonly graph: DesiredGraph;
  readonly observed: readonly Observed[];
  readonly leftOut: readonly string[];
}

interface Move {
  readonly node: string;
  readonly resource: Resource;
  /** The node that gets the object; `undefined` for an object that a node which is left out may still have. */
  readonly to?: string;
  readonly keys: string[];
}

/** The most moves that are listed. */
const MOST = 20;

/**
 * Returns an error for each part of the file that would move between a node of the plan and one that is left out. What
 * the latter has is not known: a MAC or an IP address that is created here could exist twice. A part of which an object
 * exists here already is only repaired.
 */
export function movesAcross(crossing: Crossing): readonly Diagnostic[] {
  const [other] = crossing.leftOut;
  if (other === undefined) return [];
  const moves = new Map<string, Move>();
  for (const { node, resource, to, keys } of [...arrivals(crossing, other), ...departures(crossing, other)]) {
    const key = `${node} ${resource.origin.path} ${to ?? ''}`;
    const known = moves.get(key);
    if (known) known.keys.push(...keys);
    else moves.set(key, { node, resource, keys: [...keys], ...(to !== undefined && { to }) });
  }
  return [...moves.values()].slice(0, MOST).map((move) => diagnosticOf(move, crossing.leftOut));
}

/** New objects with a key that no node of the plan has. */
function* arrivals({ changes, graph, observed }: Crossing, other: string): Iterable<Move> {
  const ours = observed.filter(({ owner }) => owner === 'ours');
  const held = new Set(ours.flatMap((object) => keysOf(object, other)));
  const parts = new Set(
    ours.flatMap((object) => {
      const origin = graph.resources.get(addressOf(object))?.origin.path;
      return origin === undefined ? [] : [`${object.node} ${origin}`];
    }),
  );
  for (const { action, node, desired } of changes) {
    if (action !== 'create' || !desired || parts.has(`${node} ${desired.origin.path}`)) continue;
    const keys = keysOf(desired, other).filter((key) => !held.has(key));
    if (keys.length > 0) yield { node, resource: desired, keys };
  }
}

/** Objects that are deleted although a node which is left out is to have them. */
function* departures({ changes, graph, leftOut }: Crossing, other: string): Iterable<Move> {
  const away = new Map<string, Resource>();
  for (const resource of graph.resources.values()) {
    if (leftOut.includes(resource.node)) for (const key of keysOf(resource, other)) away.set(key, resource);
  }
  for (const { action, node, observed } of changes) {
    if (action !== 'delete' || !observed) continue;
    for (const key of keysOf(observed, other)) {
      const resource = away.get(key);
      if (resource) yield { node, resource, to: resource.node, keys: [key] };
    }
  }
}

/** Returns what only one object of the network can have: the keys that would be the same on another node. */
function keysOf(object: Ref & { readonly spec: unknown }, other: string): readonly string[] {
  const kind = kindOf(object.kind);
  const elsewhere = new Set(kind.breakBeforeMake?.({ ...object, node: other }));
  return kind.breakBeforeMake?.(object).filter((key) => elsewhere.has(key)) ?? [];
}

function diagnosticOf({ node, resource, to, keys }: Move, leftOut: readonly string[]): Diagnostic {
  const { path, range } = resource.origin;
  const missing = leftOut.slice(0, MOST).join(', ');
  return {
    code: 'NLX56',
    severity: 'error',
    summary:
      to === undefined
        ? `${path} is new on ${node}, and a node that is left out may still have it`
        : `${path} moves from ${node} to ${to}, which is left out`,
    detail: `It has: ${[...new Set(keys)].join(', ')}.\nLeft out: ${missing}.`,
    place: { node },
    hint:
      to === undefined
        ? 'work on all nodes; or, if those that are left out are off or never had it, add `--allow-moves`'
        : `work on all nodes; or keep it on ${node}; or add \`--allow-moves\`, which deletes it there`,
    ...(range && { range }),
  };
}
