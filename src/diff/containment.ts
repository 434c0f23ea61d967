import { kindOf } from '../kinds/registry.ts';
import type { Address, Observed } from '../model/resource.ts';
import type { ObjectIndex } from './objects.ts';

/**
 * Which observed objects go by themselves when these go, and with which of them: the addresses of a link, everything in a namespace.
 * `goes` and the answer hold addresses: of the objects that are taken away, and for each other one of the outermost it goes with.
 */
export function carriedAway(
  observed: readonly Observed[],
  index: ObjectIndex<Observed>,
  goes: ReadonlyMap<Observed, Address>,
): ReadonlyMap<Observed, Address> {
  const carried = new Map<Observed, Address>();
  if (goes.size === 0) return carried;
  const seen = new Set<Observed>();
  const rootOf = (object: Observed): Address | undefined => {
    if (seen.has(object)) return carried.get(object);
    seen.add(object);
    for (const need of kindOf(object.kind).needs(object)) {
      if (!need.contains) continue;
      for (const container of index.resolve(object.node, need)) {
        const root = rootOf(container) ?? goes.get(container);
        if (root !== undefined) carried.set(object, root);
      }
      // Whatever else it is in is in that namespace too.
      if (need.kind === 'netns' && carried.has(object)) break;
    }
    return carried.get(object);
  };
  for (const object of observed) rootOf(object);
  return carried;
}
