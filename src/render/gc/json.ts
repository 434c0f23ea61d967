import type { Survey } from '../../gc/found.ts';

/** Returns a survey as JSON: the topologies with the objects that name each, and objects that name none. */
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
