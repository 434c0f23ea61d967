import type { Role } from '../model/kind.ts';
import type { KindName, Netns } from '../model/resource.ts';

type Sort = KindName | Role;

/**
 * Values by node, namespace and kind. Nested: a key joined of the three would be a new text, to be built and hashed for every question, and
 * a plan asks some ten for each object.
 */
export class ByLocation<V> {
  readonly #nodes = new Map<string, Map<Netns, Map<Sort, V>>>();

  get(node: string, netns: Netns, kind: Sort): V | undefined {
    return this.#nodes.get(node)?.get(netns)?.get(kind);
  }

  /** The value of a place, made where there is none. */
  at(node: string, netns: Netns, kind: Sort, make: () => V): V {
    const namespaces = valueOf(this.#nodes, node, () => new Map<Netns, Map<Sort, V>>());
    const kinds = valueOf(namespaces, netns, () => new Map<Sort, V>());
    return valueOf(kinds, kind, make);
  }
}

/** The value of a key, made where there is none. */
export function valueOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
