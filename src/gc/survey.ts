import { MARKS } from '../kinds/marks.ts';
import type { Shell } from '../model/host.ts';
import { isTopologyName } from '../model/mark.ts';
import type { NodeView } from '../model/probe.ts';
import type { Marks, Trace } from '../model/trace.ts';
import { observeNode, withWitnesses } from '../observe/observe.ts';
import type { Found, Survey } from './found.ts';
import { tracesOf } from './traces.ts';

/** The probes that find the marks of all topologies on a node. */
const PROBES = [...new Set(withWitnesses(MARKS.flatMap(({ probes }) => probes)))];

/** Not the name of any topology, so no object is read as ours. */
const NO_TOPOLOGY = '';

/** Finds all objects that name a topology, in one round trip per node. Nothing is changed. */
export async function survey(shells: ReadonlyMap<string, Shell>): Promise<Survey> {
  return surveyOf(
    await Promise.all([...shells.values()].map((shell) => observeNode(shell, NO_TOPOLOGY, { probes: PROBES }))),
  );
}

/** Groups the objects read from nodes by topology. Pure. */
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

/** Returns what the marks of all kinds find on all nodes. */
function everyOf<T>(views: readonly NodeView[], say: (marks: Marks, view: NodeView) => Iterable<T>): readonly T[] {
  return views.flatMap((view) => MARKS.flatMap((marks) => [...say(marks, view)]));
}
