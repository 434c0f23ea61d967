import type { Need } from '../model/kind.ts';
import type { Ref } from '../model/resource.ts';
import { linksOf } from './links.ts';
import { ByLocation, valueOf } from './by-location.ts';

/** A wanted or an observed object, as far as needs are concerned. */
export interface NetworkObject extends Ref {
  readonly spec: unknown;
}

type ByName<T> = Map<string, T>;

const NONE: readonly never[] = [];

/** Finds an object, and what a need means, among a set of objects without looking at all of them. */
export class ObjectIndex<T extends NetworkObject> {
  readonly #objects: readonly T[];
  readonly #places = new ByLocation<ByName<T>>();
  #links: ByLocation<ByName<T>> | undefined;
  /** What was found by the beginning of a name: each of a node's thousand chains asks for the same marker. */
  readonly #found = new Map<ByName<T>, Map<string, readonly T[]>>();

  constructor(objects: readonly T[]) {
    this.#objects = objects;
    let last: T | undefined;
    let there: ByName<T> = new Map();
    for (const object of objects) {
      // Objects come in runs of one place.
      if (last?.netns !== object.netns || last.kind !== object.kind || last.node !== object.node) {
        there = this.#places.at(object.node, object.netns, object.kind, () => new Map());
        last = object;
      }
      there.set(object.name, object);
    }
  }

  /** The object that stands, or is wanted, where the other one is. */
  find({ node, netns, kind, name }: Ref): T | undefined {
    return this.#places.get(node, netns, kind)?.get(name);
  }

  /** The objects a need of an object on `node` is about. */
  resolve(node: string, { kind, netns, name, prefix }: Need): readonly T[] {
    // Only a plan with changes asks for links.
    if (kind === 'link') this.#links ??= linksOf(this.#objects, (object) => object);
    const there = (kind === 'link' ? this.#links : this.#places)?.get(node, netns, kind);
    if (!there) return NONE;
    if (prefix) return this.#startingWith(there, name);
    const found = there.get(name);
    return found ? [found] : NONE;
  }

  #startingWith(objects: ByName<T>, prefix: string): readonly T[] {
    const known = valueOf(this.#found, objects, () => new Map<string, readonly T[]>());
    return valueOf(known, prefix, () => [...objects.values()].filter(({ name }) => name.startsWith(prefix)));
  }
}
