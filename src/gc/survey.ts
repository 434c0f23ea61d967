import { MARKS } from '../kinds/marks.ts';
import type { Shell } from '../model/host.ts';
import { isTopologyName } from '../model/mark.ts';
import type { NodeView } from '../model/probe.ts';
import type { Marks, Trace } from '../model/trace.ts';
import { observeNode } from '../observe/observe.ts';
import type { Found, Survey } from './found.ts';
import { tracesOf } from './traces.ts';

/** All there is to be read to find every topology on a node, without the name of one. */
const PROBES = [...new Set(MARKS.flatMap(({ probes }) => probes))];

/** A mark that is nobody's, for there is no topology yet whose marks are looked for. */
const NOBODY = '';

/** Looks on every node, in one round trip each, for whatever names a topology. Nothing is changed. */
export async function survey(shells: ReadonlyMap<string, Shell>): Promise<Survey> {
  return surveyOf(await Promise.all([...shells.values()].map((shell) => observeNode(shell, NOBODY, PROBES))));
}

/** What was read of some nodes, by topology. Pure. */
export function surveyOf(views: readonly NodeView[]): Survey {
  const found = new Map<string, Trace[]>();
  const illegible: Trace[] = [];
  for (const trace of views.flatMap(tracesOf)) {
    if (!isTopologyName(trace.says)) illegible.push(trace);
    else found.set(trace.says, [...(found.get(trace.says) ?? []), trace]);
  }
  const topologies = [...found.keys()].sort().map((topology): Found => ({
    topology,
    traces: found.get(topology) ?? [],
  }));
  return {
    topologies,
    illegible,
    unnamed: everyOf(views, (marks, view) => marks.unnamed?.(view, [...found.keys()]) ?? []),
    silent: everyOf(views, (marks, view) => {
      const why = marks.silent?.(view);
      return why === undefined ? [] : [{ node: view.node, why }];
    }),
  };
}

/** What all marks say of all nodes. */
function everyOf<T>(views: readonly NodeView[], say: (marks: Marks, view: NodeView) => Iterable<T>): readonly T[] {
  return views.flatMap((view) => MARKS.flatMap((marks) => [...say(marks, view)]));
}
