import type { Need } from '../model/kind.ts';
import type { Ref } from '../model/resource.ts';
import { linksOf } from './links.ts';
import { ByLocation, valueOf } from './by-location.ts';

/** A desired or an observed object, as far as needs are concerned. */
export interface NetworkObject extends Ref {
  readonly spec: unknown;
}

type ByName<T> = Map<string, T>;

const NONE: readonly never[] = [];

/** Looks up objects, and the objects that a need refers to, without a search through all of them. */
export class ObjectIndex<T extends NetworkObject> {
  readonly #objects: readonly T[];
  readonly #byLocation = new ByLocation<ByName<T>>();
  #links: ByLocation<ByName<T>> | undefined;
  /** Results of lookups by prefix: each of a node's thousand chains asks for the same marker. */
  readonly #found = new Map<ByName<T>, Map<string, readonly T[]>>();

  constructor(objects: readonly T[]) {
    this.#objects = objects;
    let last: T | undefined;
    let there: ByName<T> = new Map();
    for (const object of objects) {
      // Objects come in runs of one location.
      if (last?.netns !== object.netns || last.kind !== object.kind || last.node !== object.node) {
        there = this.#byLocation.at(object.node, object.netns, object.kind, () => new Map());
        last = object;
      }
      there.set(object.name, object);
    }
  }

  /** Returns the object with the address of this reference. */
  find({ node, netns, kind, name }: Ref): T | undefined {
    return this.#byLocation.get(node, netns, kind)?.get(name);
  }

  /** Returns the objects that a need of an object on `node` refers to. */
  resolve(node: string, { kind, netns, name, prefix }: Need): readonly T[] {
    // Only a plan with changes looks up links.
    if (kind === 'link') this.#links ??= linksOf(this.#objects, (object) => object);
    const there = (kind === 'link' ? this.#links : this.#byLocation)?.get(node, netns, kind);
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
