import type { Get, NamespaceView } from '../model/probe.ts';
import type { Netns } from '../model/resource.ts';

/** What probes printed at one location, by their ids. */
type Output = ReadonlyMap<string, string>;

/** What was read of a node last: of itself and of its namespaces. */
interface Reading {
  own?: { readonly output: Output; readonly get: Get };
  readonly namespaces: Map<Netns, { readonly output: Output; readonly view: NamespaceView }>;
}

const LAST = new Map<string, Reading>();

/**
 * Returns the views of one reading of a node. A location that printed what it printed in the reading before has the
 * same view, so what was made of it then is still true, and is known by its identity. A reading of a part adds to the
 * one before.
 */
export function sameViews(
  node: string,
  isPart: boolean,
): {
  readonly own: (output: Output, make: () => Get) => Get;
  readonly namespace: (netns: Netns, output: Output, make: () => NamespaceView) => NamespaceView;
} {
  const before = LAST.get(node);
  const now: Reading = isPart && before ? before : { namespaces: new Map() };
  LAST.set(node, now);
  return {
    own(output, make) {
      const known = before?.own;
      now.own = known && isSame(known.output, output) ? known : { output, get: make() };
      return now.own.get;
    },
    namespace(netns, output, make) {
      const known = before?.namespaces.get(netns);
      const view = known && isSame(known.output, output) ? known : { output, view: make() };
      now.namespaces.set(netns, view);
      return view.view;
    },
  };
}

function isSame(before: Output, now: Output): boolean {
  if (before.size !== now.size) return false;
  for (const [id, text] of now) if (before.get(id) !== text) return false;
  return true;
}
