import type { Need } from '../../model/kind.ts';
import type { Origin, Ref, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const NETNS = kindName('netns');

/** A named network namespace. The resource lives in the node's own namespace; its name is the namespace's. */
export interface NetnsSpec {
  /** Effects still owed here (tokens of the mark); nothing is ever wanted. */
  readonly owed: readonly string[];
  /** `lo` is up. */
  readonly loUp: boolean;
}

/** The namespace of this name. */
export function netnsRef(node: string, name: string): Ref {
  return { node, netns: null, kind: NETNS, name };
}

/** The need of an object for the namespace that it is in: with `contains` it goes with the namespace. */
export function insideNetns(name: string, contains: boolean): Need {
  return { kind: NETNS, netns: null, name, contains };
}

/** A namespace that should be. */
export function netns(node: string, name: string, origin: Origin): Resource<NetnsSpec> {
  return { node, netns: null, kind: NETNS, name, spec: { owed: [], loUp: true }, origin };
}
