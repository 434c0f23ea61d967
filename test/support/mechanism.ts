import { inject } from 'vitest';
import type { MechanismName } from '../../src/topology/defaults.ts';
import type { Topology } from '../../src/topology/types.gen.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The mechanism of nodes for which a test's document sets none; absent: netloom's default. */
    readonly mechanism?: MechanismName;
  }
}

/** Returns the mechanism of this run: the same tests run over each mechanism (vitest.config.ts). */
export function testedMechanism(): MechanismName {
  return inject('mechanism') ?? 'linuxbridge';
}

/** Returns the name or command for the mechanism of this run. */
export function byMechanism<T>(names: Readonly<Record<MechanismName, T>>): T {
  return names[testedMechanism()];
}

/** Returns a document with a mechanism set on every node that has none. */
export function withMechanism(mechanism: MechanismName, doc: Topology): Topology {
  const nodes = Object.entries(doc.nodes ?? {}).map(([name, node]) => [name, { mechanism, ...node }] as const);
  return { ...doc, nodes: Object.fromEntries(nodes) };
}
