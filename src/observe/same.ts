import type { Get, NamespaceView } from '../model/probe.ts';
import type { Netns } from '../model/resource.ts';

/** What probes printed at one location, by their ids. */
type Output = ReadonlyMap<string, string>;

/** What was read of a node last: of itself and of its namespaces. */
interface Reading {
  own?: { readonly output: Output; readonly get: Get };
  readonly namespaces: Map<Netns, NamespaceReading>;
}

interface NamespaceReading {
  readonly output: Output;
  readonly view: NamespaceView;
  /** The node's probes of the last reading: a view that is kept must not keep all that the node printed before. */
  readonly ofNode: { get: Get };
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
  readonly namespace: (
    netns: Netns,
    output: Output,
    nodeGet: Get,
    make: (ofNode: { readonly get: Get }) => NamespaceView,
  ) => NamespaceView;
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
    namespace(netns, output, nodeGet, make) {
      const known = before?.namespaces.get(netns);
      const reading = known && isSame(known.output, output) ? known : firstReading(output, nodeGet, make);
      reading.ofNode.get = nodeGet;
      now.namespaces.set(netns, reading);
      return reading.view;
    },
  };
}

function firstReading(
  output: Output,
  get: Get,
  make: (ofNode: { readonly get: Get }) => NamespaceView,
): NamespaceReading {
  const ofNode = { get };
  return { output, ofNode, view: make(ofNode) };
}

function isSame(before: Output, now: Output): boolean {
  if (before.size !== now.size) return false;
  for (const [id, text] of now) if (before.get(id) !== text) return false;
  return true;
}
