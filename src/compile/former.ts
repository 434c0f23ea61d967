import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Origin } from '../model/resource.ts';
import { pathsAbove, type Subject } from '../model/subject.ts';

/**
 * Returns a graph that also knows what the graph of a former file had, so that a comparison of the two names it. What
 * the file has under another key (`renamed_from`) is the same object: it has the same ids.
 */
export function withFormer(graph: DesiredGraph, former: DesiredGraph): DesiredGraph {
  const paths = new Set(graph.subjects.map(({ origin }) => origin.path));
  const byId = new Map(graph.subjects.flatMap((subject) => subject.ids.map((id) => [id, subject] as const)));
  const lines = linesByPath(former);
  const gone: Subject[] = [];
  const renamed = new Map<string, Origin>();
  for (const subject of former.subjects) {
    const { path } = subject.origin;
    if (paths.has(path)) continue;
    const now = subject.ids.flatMap((id) => byId.get(id) ?? [])[0];
    if (now) renamed.set(path, now.origin);
    else gone.push({ ...subject, details: 'no longer in the file', removed: { words: lines.get(path) ?? [] } });
  }
  const originNow = (origin: Origin): Origin => {
    const path = renamed.size === 0 ? undefined : firstAbove(origin.path, renamed);
    return renamed.get(path ?? '') ?? origin;
  };
  const known = [...former.resources].map(
    ([address, resource]) => [address, { ...resource, origin: originNow(resource.origin) }] as const,
  );
  return {
    ...graph,
    known: new Map([...known, ...graph.known]),
    subjects: [...graph.subjects, ...gone],
  };
}

/** Returns the lines of a graph's objects, such as the rules of chains, by the path of the subject they come from. */
function linesByPath({ resources, subjects }: DesiredGraph): ReadonlyMap<string, readonly string[]> {
  const byPath = new Map<string, string[]>(subjects.map(({ origin }) => [origin.path, []]));
  for (const { kind, spec, lineOrigins = [] } of resources.values()) {
    const lines = kindOf(kind).counted.lines?.(spec) ?? [];
    for (const [i, { path }] of lineOrigins.entries()) {
      const line = lines[i];
      if (line !== undefined) byPath.get(firstAbove(path, byPath) ?? '')?.push(line);
    }
  }
  return byPath;
}

/** Returns the path or the first one above it that is a key. */
function firstAbove(path: string, keys: ReadonlyMap<string, unknown>): string | undefined {
  for (const above of pathsAbove(path)) if (keys.has(above)) return above;
  return undefined;
}
