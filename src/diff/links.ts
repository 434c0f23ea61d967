import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { KindContext, ProvidedLink } from '../model/kind.ts';
import type { Ref } from '../model/resource.ts';
import { ByLocation } from './by-location.ts';

const NONE: readonly never[] = [];

/**
 * Returns a lookup of desired links, whichever object provides them. The links are listed at the first lookup: a plan
 * without changes does none.
 */
export function desiredLinks({ resources }: DesiredGraph): KindContext['desiredLink'] {
  let links: ByLocation<Map<string, ProvidedLink>> | undefined;
  return (node, netns, name) => {
    links ??= linksOf(resources.values(), (_, link) => link);
    return links.get(node, netns, 'link')?.get(name);
  };
}

/** Lists the links that the objects provide, by location and name; `entry` returns the value stored for each. */
export function linksOf<T extends Ref & { readonly spec: unknown }, V>(
  objects: Iterable<T>,
  entry: (object: T, link: ProvidedLink) => V,
): ByLocation<Map<string, V>> {
  const links = new ByLocation<Map<string, V>>();
  for (const object of objects) {
    for (const link of kindOf(object.kind).providedLinks?.(object) ?? NONE)
      links.at(object.node, link.netns, 'link', () => new Map()).set(link.name, entry(object, link));
  }
  return links;
}
