import type { Role } from '../model/kind.ts';
import type { KindName, Netns } from '../model/resource.ts';

type Sort = KindName | Role;

/**
 * Values by node, namespace and kind. Nested maps: a key joined of the three would be a new string, built and hashed
 * for every lookup, and a plan does some ten per object.
 */
export class ByLocation<V> {
  readonly #nodes = new Map<string, Map<Netns, Map<Sort, V>>>();

  get(node: string, netns: Netns, kind: Sort): V | undefined {
    return this.#nodes.get(node)?.get(netns)?.get(kind);
  }

  /** Returns the value at a location; creates it if there is none. */
  at(node: string, netns: Netns, kind: Sort, make: () => V): V {
    const namespaces = valueOf(this.#nodes, node, () => new Map<Netns, Map<Sort, V>>());
    const kinds = valueOf(namespaces, netns, () => new Map<Sort, V>());
    return valueOf(kinds, kind, make);
  }
}

/** Returns the value of a key; creates it if there is none. */
export function valueOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
