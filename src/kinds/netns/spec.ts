import type { Origin, Resource } from '../../model/resource.ts';

/** A named network namespace. The resource lives in the node's own namespace; its name is the namespace's. */
export interface NetnsSpec {
  /** Effects still owed here (tokens of the mark); nothing is ever wanted. */
  readonly owed: readonly string[];
  /** `lo` is up. */
  readonly loUp: boolean;
}

/** A namespace that should be. */
export function netns(node: string, name: string, origin: Origin): Resource<NetnsSpec> {
  return { node, netns: null, kind: 'netns', name, spec: { owed: [], loUp: true }, origin };
}
