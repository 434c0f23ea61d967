import { kindOf } from '../kinds/registry.ts';
import type { Address } from '../model/resource.ts';
import type { NetworkObject, ObjectIndex } from './objects.ts';

/**
 * Finds the objects that are deleted together with others: the addresses of a link, everything in a namespace.
 * `deleted` holds the objects that are deleted, with their addresses. Returns, for each object contained in one of
 * these, the address of the outermost one.
 */
export function deletedWithContainer<T extends NetworkObject>(
  objects: readonly T[],
  index: ObjectIndex<T>,
  deleted: ReadonlyMap<T, Address>,
): ReadonlyMap<T, Address> {
  const contained = new Map<T, Address>();
  if (deleted.size === 0) return contained;
  const seen = new Set<T>();
  const rootOf = (object: T): Address | undefined => {
    if (seen.has(object)) return contained.get(object);
    seen.add(object);
    for (const need of kindOf(object.kind).needs(object)) {
      if (!need.contains) continue;
      let isInNamespace = false;
      for (const container of index.resolve(object.node, need)) {
        const root = rootOf(container) ?? deleted.get(container);
        if (root === undefined) continue;
        contained.set(object, root);
        isInNamespace ||= kindOf(container.kind).isNamespace === true;
      }
      // Any other container of the object is in that namespace too.
      if (isInNamespace) break;
    }
    return contained.get(object);
  };
  for (const object of objects) rootOf(object);
  return contained;
}
