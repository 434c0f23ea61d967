import type { Shown } from '../../model/shown.ts';
import type { AddressSpec } from './spec.ts';

/** Describes what its name does not say. */
export function describe({ broadcast }: AddressSpec): string {
  return broadcast === undefined ? '' : `broadcast ${broadcast}`;
}

export function shown({ spec: { device, cidr } }: { readonly spec: AddressSpec }): Shown {
  return { address: { device, cidr } };
}
