import type { Origin, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';
import type { ChainLocation } from '../chain/spec.ts';

/** The name of this kind. */
export const POLICY = kindName('policy');

/**
 * A policy other than ACCEPT of a built-in chain of iptables in a namespace of ours. The resource's name is
 * `FAMILY/TABLE/CHAIN`, such as `4/filter/FORWARD`. None is ever desired: deleting one sets ACCEPT.
 */
export interface PolicySpec {
  /** `DROP`. */
  readonly policy: string;
}

/** Returns the policy of a chain. */
export function policy({ node, netns, family, table, chain }: ChainLocation, origin: Origin): Resource<PolicySpec> {
  const name = `${String(family)}/${table}/${chain}`;
  return { node, netns, kind: POLICY, name, spec: { policy: 'DROP' }, origin };
}
