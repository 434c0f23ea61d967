import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { ProvidedLink } from '../model/kind.ts';
import { namespaceView, type NodeView } from '../model/probe.ts';
import { addressOf, type Netns, type Observed, type Ref } from '../model/resource.ts';

/** What was compared when a plan was made, and found to be as desired. */
export interface Basis {
  /** The desired state, adapted to the nodes. */
  readonly desired: DesiredGraph;
  readonly observed: readonly Observed[];
  readonly views: ReadonlyMap<string, NodeView>;
}

/** The objects that are to be compared. */
export interface Extent {
  readonly desired: DesiredGraph;
  readonly observed: readonly Observed[];
  /** The desired objects that the kinds are to inspect. */
  readonly inspected: DesiredGraph;
}

/**
 * Returns what must be compared if everything was as desired before: the objects at each location where one is another
 * value now, or where something is deleted with one of these, those of the node's own namespace, which others need, and
 * those with a link at such a location. All other objects would be found as desired again, so the plan of this part is
 * the plan of the whole. Where something else that was read of a node is another value, all desired objects are
 * inspected.
 */
export function extentSince(
  basis: Basis,
  desired: DesiredGraph,
  observed: readonly Observed[],
  views: ReadonlyMap<string, NodeView>,
): Extent {
  const where = locationsOf(differing(basis.observed, observed), desired);
  const isThere = (object: Ref & { readonly spec: unknown }): boolean => {
    const there = where.get(object.node);
    if (there === undefined) return false;
    // An end of a pair is in another namespace.
    return there.has(object.netns) || linksOf(object).some(({ netns }) => there.has(netns));
  };
  const part: DesiredGraph = {
    ...desired,
    resources: new Map([...desired.resources].filter(([, resource]) => isThere(resource))),
  };
  const isSameNode = [...views].every(([node, view]) => {
    const before = basis.views.get(node);
    return before !== undefined && before.get === view.get && namespaceView(before, null) === namespaceView(view, null);
  });
  return { desired: part, observed: observed.filter(isThere), inspected: isSameNode ? part : desired };
}

/** Returns the objects that are in only one of two lists. */
function differing(before: readonly Observed[], now: readonly Observed[]): readonly Observed[] {
  const [known, seen] = [new Set(before), new Set(now)];
  return [...before.filter((object) => !seen.has(object)), ...now.filter((object) => !known.has(object))];
}

/** Returns where these objects are, and where others may be inside of them. */
function locationsOf(objects: readonly Observed[], desired: DesiredGraph): ReadonlyMap<string, ReadonlySet<Netns>> {
  const found = new Map<string, Set<Netns>>();
  for (const object of objects) {
    const { node } = object;
    const there = found.get(node) ?? new Set<Netns>([null]);
    found.set(node, there);
    for (const place of placesOf(object)) there.add(place);
    const resource = desired.resources.get(addressOf(object));
    for (const each of resource ? [object, resource] : [object]) {
      for (const { netns: inside } of linksOf(each)) there.add(inside);
    }
  }
  return found;
}

/** Returns the namespace of an object, and the one that it is. */
export function placesOf({ kind, netns, name }: Ref): readonly Netns[] {
  return kindOf(kind).isNamespace === true ? [netns, name] : [netns];
}

function linksOf(object: Ref & { readonly spec: unknown }): readonly ProvidedLink[] {
  return kindOf(object.kind).providedLinks?.(object) ?? [];
}
