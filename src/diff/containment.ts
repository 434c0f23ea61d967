import { kindOf } from '../kinds/registry.ts';
import { addressOf, type Address, type Observed } from '../model/resource.ts';
import type { ObjectIndex } from './objects.ts';

/**
 * Which observed objects go by themselves when these go, and with which of them: the addresses of a link, everything in a namespace.
 * Maps each to the outermost object that is taken away.
 */
export function carriedAway(
  observed: readonly Observed[],
  index: ObjectIndex<Observed>,
  goes: ReadonlySet<Address>,
): ReadonlyMap<Address, Address> {
  const outermost = new Map<Address, Address | undefined>();
  const rootOf = (object: Observed): Address | undefined => {
    const address = addressOf(object);
    if (outermost.has(address)) return outermost.get(address);
    outermost.set(address, undefined);
    for (const need of kindOf(object.kind).needs(object)) {
      if (!need.contains) continue;
      for (const container of index.resolve(object.node, need)) {
        const at = addressOf(container);
        const root = rootOf(container) ?? (goes.has(at) ? at : undefined);
        if (root !== undefined) outermost.set(address, root);
      }
    }
    return outermost.get(address);
  };
  for (const object of observed) rootOf(object);
  return new Map([...outermost].filter((entry): entry is [Address, Address] => entry[1] !== undefined));
}
