import type { WrongParameter } from '../../kernel/probes/service-parameters.ts';
import type { Need } from '../../model/kind.ts';
import type { Origin, Ref, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const NETNS = kindName('netns');

/** A named network namespace. The resource lives in the node's own namespace; its name is the namespace's. */
export interface NetnsSpec {
  /** Owed effects recorded here (tokens of the mark); none is ever desired. */
  readonly owed: readonly string[];
  /** `lo` is up. */
  readonly loUp: boolean;
  /** The kernel's own policy rules that are missing, in the words of `ip -4 rule` or `ip -6 rule`; desired: none. */
  readonly lostRules?: readonly string[];
  /** Kernel parameters that break its service, and that no feature sets; desired: none. */
  readonly parameters?: readonly WrongParameter[];
}

/** Returns the reference to the namespace of this name. */
export function netnsRef(node: string, name: string): Ref {
  return { node, netns: null, kind: NETNS, name };
}

/** Returns the need of an object for the namespace it is in. With `contains` it is deleted with the namespace. */
export function insideNetns(name: string, contains: boolean): Need {
  return { kind: NETNS, netns: null, name, contains };
}

/** Returns a namespace. */
export function netns(node: string, name: string, origin: Origin): Resource<NetnsSpec> {
  return { node, netns: null, kind: NETNS, name, spec: { owed: [], loUp: true }, origin };
}
