import type { Survey } from '../../gc/found.ts';

/** What was found, as one document: the topologies with what names each, and what names none. */
export function surveyJson({ topologies, illegible, unnamed }: Survey): object {
  return {
    topologies: topologies.map(({ topology, traces }) => ({
      topology,
      traces: traces.map(({ node, netns, sort, name }) => ({ node, netns, sort, name })),
    })),
    illegible: illegible.map(({ node, netns, sort, name, says }) => ({ node, netns, sort, name, says })),
    unnamed,
  };
}
