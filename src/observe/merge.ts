import type { NodeView } from '../model/probe.ts';
import type { Netns } from '../model/resource.ts';

/**
 * Returns a view of a whole node: of these namespaces what was read now, of all others what was read before. One that
 * was to be read and does not exist any more is in neither.
 */
export function mergedView(before: NodeView, now: NodeView, read: ReadonlySet<Netns>): NodeView {
  const kept = (name: string): boolean => !read.has(name);
  const namespaces = [...before.namespaces.filter(({ netns }) => !read.has(netns)), ...now.namespaces];
  namespaces.sort((a, b) => ((a.netns ?? '') < (b.netns ?? '') ? -1 : 1));
  return {
    ...now,
    namespaces,
    dead: [...before.dead.filter(kept), ...now.dead].sort(),
    unfinished: [...before.unfinished.filter(kept), ...now.unfinished].sort(),
  };
}
