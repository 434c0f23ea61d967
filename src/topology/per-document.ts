import type { Topology } from './types.gen.ts';

/**
 * A question about a whole document, worked out when it is first asked and then remembered: checks ask the same ones,
 * some for each entry of the file. Right as long as nobody changes a document, and nobody does once it is read.
 */
export function perDocument<Answer extends object>(workOut: (doc: Topology) => Answer): (doc: Topology) => Answer {
  const known = new WeakMap<Topology, Answer>();
  return (doc) => {
    let answer = known.get(doc);
    if (answer === undefined) known.set(doc, (answer = workOut(doc)));
    return answer;
  };
}
