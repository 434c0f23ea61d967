import { kindOf } from '../kinds/registry.ts';
import type { Need } from '../model/kind.ts';
import { addressOf, type Address, type Netns, type Ref } from '../model/resource.ts';

/** A wanted or an observed object, as far as needs are concerned. */
export interface NetworkObject extends Ref {
  readonly spec: unknown;
}

/** Finds what a need means among a set of objects, without looking at all of them. */
export class ObjectIndex<T extends NetworkObject> {
  readonly #byAddress = new Map<Address, T>();
  readonly #links = new Map<Address, T>();
  readonly #byPlace = new Map<string, T[]>();

  constructor(objects: Iterable<T>) {
    for (const object of objects) {
      this.#byAddress.set(addressOf(object), object);
      const place = `${object.node}/${object.netns ?? '-'}/${object.kind}`;
      const there = this.#byPlace.get(place);
      if (there) there.push(object);
      else this.#byPlace.set(place, [object]);
      for (const link of this.#brought(object))
        this.#links.set(addressOf({ node: object.node, kind: 'link', ...link }), object);
    }
  }

  #brought(object: T): readonly { readonly netns: Netns; readonly name: string }[] {
    const { provides } = kindOf(object.kind);
    if (provides) return provides(object);
    return ['bridge', 'nic', 'tap'].includes(object.kind) ? [{ netns: object.netns, name: object.name }] : [];
  }

  get(address: Address): T | undefined {
    return this.#byAddress.get(address);
  }

  /** The objects a need of an object on `node` is about. */
  resolve(node: string, need: Need): readonly T[] {
    const { kind, netns, name } = need;
    if (need.prefix) {
      return (this.#byPlace.get(`${node}/${netns ?? '-'}/${kind}`) ?? []).filter((object) =>
        object.name.startsWith(name),
      );
    }
    const address = addressOf({ node, netns, kind, name });
    const found = kind === 'link' ? this.#links.get(address) : this.#byAddress.get(address);
    return found ? [found] : [];
  }
}
