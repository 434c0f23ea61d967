import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { KindContext, ProvidedLink } from '../model/kind.ts';
import type { Ref } from '../model/resource.ts';
import { ByLocation } from './by-location.ts';

const NONE: readonly never[] = [];

/** Finds a link that is wanted, whichever object provides it. The links are listed at the first question: a plan without changes asks none. */
export function desiredLinks({ resources }: DesiredGraph): KindContext['desiredLink'] {
  let links: ByLocation<Map<string, ProvidedLink>> | undefined;
  return (node, netns, name) => {
    links ??= linksOf(resources.values(), (_, link) => link);
    return links.get(node, netns, 'link')?.get(name);
  };
}

/** The links all objects bring, by place and name; `entry` says what is kept of each. */
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
