import { kindOf } from '../kinds/registry.ts';
import { desiredGraph, type DesiredGraph } from '../model/graph.ts';
import type { Need } from '../model/kind.ts';
import { addressOf, kindWord, type Address, type Observed, type Ref, type Resource } from '../model/resource.ts';
import type { State } from '../model/state.ts';
import { deletedWithContainer } from './containment.ts';
import { ObjectIndex } from './objects.ts';

/** What is known of the run that altered the nodes after their state was recorded. */
export interface Alteration {
  /** The objects that it was to create, update, replace or delete. */
  readonly altered: ReadonlySet<Address>;
  /** Those that it created: its commands for them succeeded. */
  readonly created: ReadonlySet<Address>;
  /** What the run's file asked for: it tells which line an object comes from, and the names of unmarked objects. */
  readonly graph: Pick<DesiredGraph, 'known' | 'subjects'>;
}

const NOTHING: Alteration = { altered: new Set(), created: new Set(), graph: { known: new Map(), subjects: [] } };

/**
 * Returns the graph that leads back to a recorded state. A plan for it restores all that was ours with all that was in
 * it, and of the rest (NICs, kernel parameters of the node, foreign objects) exactly what the run altered. What the run
 * created is deleted, even if it carries no mark. What did not work when the state was recorded cannot be restored, and
 * stays as it is now. A state that was read from a file has no secrets: a file of them that is missing cannot be
 * written.
 */
export function recordedGraph(state: State, { altered, created, graph }: Alteration = NOTHING): DesiredGraph {
  const objects = [...state.nodes.values()].flatMap((node) => node.objects);
  const own = new Map(objects.filter(worked).flatMap((o) => (o.owner === 'ours' ? [[o, addressOf(o)] as const] : [])));
  const inOwn = deletedWithContainer(objects, new ObjectIndex(objects), own);
  const resources = objects.flatMap((object): readonly Resource[] => {
    const { node, netns, kind, name } = object;
    const its = kindOf(kind);
    const isBorrowed = its.foreign === 'borrowed';
    const isRestorable = own.has(object) || isBorrowed || its.restoresForeign === true;
    const isOfRun = own.has(object) || altered.has(addressOf(object)) || (isBorrowed && inOwn.has(object));
    if (!worked(object) || !isRestorable || !isOfRun || its.isTransient === true) return [];
    const spec = restoredSpec(object);
    const { origin = { path: 'state' } } = graph.known.get(addressOf(object)) ?? {};
    return spec === undefined ? [] : [{ node, netns, kind, name, spec, origin }];
  });
  const back = desiredGraph(state.topology, [...state.nodes.keys()], inOrder(resources), { subjects: graph.subjects });
  return {
    ...back,
    known: new Map([...graph.known, ...back.known]),
    created,
    leftAlone: new Set(objects.filter((object) => !worked(object)).map(addressOf)),
  };
}

/** Returns what is desired of an object so that it is as it was observed; `undefined`: it cannot be restored. */
export function restoredSpec({ kind, spec }: Observed): unknown {
  const its = kindOf(kind);
  return its.restored ? its.restored(spec) : spec;
}

function worked({ incomplete }: Observed): boolean {
  return incomplete === undefined;
}

/** Adds what each resource is created after. */
function inOrder(resources: readonly Resource[]): readonly Resource[] {
  const byKind = new Map<string, Resource[]>();
  for (const resource of resources) {
    const key = keyOf(resource);
    const known = byKind.get(key);
    if (known) known.push(resource);
    else byKind.set(key, [resource]);
  }
  return resources.map((resource) => {
    const its = kindOf(resource.kind);
    if (!its.restoredAfter) return resource;
    const after = [...its.restoredAfter(resource)].flatMap(({ netns, kind, name, prefix }) => {
      const there = byKind.get(keyOf({ node: resource.node, netns, kind })) ?? [];
      return there.filter((other) => (prefix === true ? other.name.startsWith(name) : other.name === name));
    });
    return { ...resource, after: after.map(addressOf) };
  });
}

function keyOf({ node, netns, kind }: Pick<Ref, 'node'> & Pick<Need, 'netns' | 'kind'>): string {
  return `${node}/${netns ?? '-'}/${kind === 'link' ? kind : kindWord(kind)}`;
}
