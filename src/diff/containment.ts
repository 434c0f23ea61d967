import { kindOf } from '../kinds/registry.ts';
import type { Address } from '../model/resource.ts';
import type { NetworkObject, ObjectIndex } from './objects.ts';

/**
 * Which of some objects go by themselves when these go, and with which of them: the addresses of a link, everything in a namespace.
 * `goes` and the answer hold addresses: of the objects that are taken away, and for each other one of the outermost it goes with.
 */
export function deletedWithContainer<T extends NetworkObject>(
  objects: readonly T[],
  index: ObjectIndex<T>,
  goes: ReadonlyMap<T, Address>,
): ReadonlyMap<T, Address> {
  const carried = new Map<T, Address>();
  if (goes.size === 0) return carried;
  const seen = new Set<T>();
  const rootOf = (object: T): Address | undefined => {
    if (seen.has(object)) return carried.get(object);
    seen.add(object);
    for (const need of kindOf(object.kind).needs(object)) {
      if (!need.contains) continue;
      let isInGone = false;
      for (const container of index.resolve(object.node, need)) {
        const root = rootOf(container) ?? goes.get(container);
        if (root === undefined) continue;
        carried.set(object, root);
        isInGone ||= kindOf(container.kind).isNamespace === true;
      }
      // Whatever else it is in is in that namespace too.
      if (isInGone) break;
    }
    return carried.get(object);
  };
  for (const object of objects) rootOf(object);
  return carried;
}
