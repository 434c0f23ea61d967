import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { KindContext, ProvidedLink } from '../model/kind.ts';
import { Places } from './places.ts';

/** Finds a link that is wanted, whichever object provides it. The links are listed at the first question: a plan without changes asks none. */
export function wantedLinks(graph: DesiredGraph): KindContext['wantedLink'] {
  let links: Places<Map<string, ProvidedLink>> | undefined;
  return (node, netns, name) => {
    links ??= linksOf(graph);
    return links.get(node, netns, 'link')?.get(name);
  };
}

function linksOf({ resources }: DesiredGraph): Places<Map<string, ProvidedLink>> {
  const links = new Places<Map<string, ProvidedLink>>();
  for (const resource of resources.values()) {
    for (const link of kindOf(resource.kind).provides?.(resource) ?? [])
      links.at(resource.node, link.netns, 'link', () => new Map()).set(link.name, link);
  }
  return links;
}
