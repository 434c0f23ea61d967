import type { Topology } from './types.gen.ts';

/**
 * Returns `compute` with its result cached per document: many checks need the same results, some for each entry of the
 * file. A document must not change after the first call; it never does once it is loaded.
 */
export function perDocument<Result extends object>(compute: (doc: Topology) => Result): (doc: Topology) => Result {
  const known = new WeakMap<Topology, Result>();
  return (doc) => {
    let result = known.get(doc);
    if (result === undefined) known.set(doc, (result = compute(doc)));
    return result;
  };
}
