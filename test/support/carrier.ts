import { inject } from 'vitest';
import type { MechanismName } from '../../src/topology/defaults.ts';
import type { Topology } from '../../src/topology/types.gen.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What carries the networks of the tests' nodes, where a document does not say; absent: what netloom takes then. */
    readonly mechanism?: MechanismName;
  }
}

/** What carries the networks of this run's nodes: the same tests are run over each mechanism (vitest.config.ts). */
export function carrier(): MechanismName {
  return inject('mechanism') ?? 'linuxbridge';
}

/** What has another name, or another command, with each mechanism. */
export function called<T>(names: Readonly<Record<MechanismName, T>>): T {
  return names[carrier()];
}

/** A document whose nodes have a mechanism, where they do not say which. */
export function carriedBy(mechanism: MechanismName, doc: Topology): Topology {
  const nodes = Object.entries(doc.nodes ?? {}).map(([name, node]) => [name, { mechanism, ...node }] as const);
  return { ...doc, nodes: Object.fromEntries(nodes) };
}
