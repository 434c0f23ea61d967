import type { Origin, Resource } from '../../model/resource.ts';

/** Effects owed in a node's own namespace. Nobody wants any: taking them away is paying them. */
export interface DebtsSpec {
  readonly owed: readonly string[];
}

/** Effects that should be owed. */
export function debts(node: string, owed: readonly string[], origin: Origin): Resource<DebtsSpec> {
  return { node, netns: null, kind: 'debts', name: 'debts', spec: { owed }, origin };
}
