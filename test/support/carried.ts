import type { MechanismName } from '../../src/topology/defaults.ts';
import type { Topology } from '../../src/topology/types.gen.ts';

/** A document whose nodes have a mechanism, where they do not say which. */
export function carriedBy(mechanism: MechanismName, doc: Topology): Topology {
  const nodes = Object.entries(doc.nodes ?? {}).map(([name, node]) => [name, { mechanism, ...node }] as const);
  return { ...doc, nodes: Object.fromEntries(nodes) };
}
