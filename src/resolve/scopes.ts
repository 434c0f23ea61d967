import { perDocument } from '../topology/per-document.ts';

/** Neutron's first number: all subnets without an address scope. */
export const NO_SCOPE = 1024;

/**
 * Numbers of the address scopes, by name, in the order of the file. Neutron's agent numbers the scopes of each router
 * by first use after each start. Here a number is the same on every router and run, so marks of established connections
 * keep their meaning.
 */
export const scopeNumbers = perDocument(
  ({ address_scopes: scopes = {} }): ReadonlyMap<string, number> =>
    new Map(Object.keys(scopes).map((name, index) => [name, NO_SCOPE + 1 + index])),
);
