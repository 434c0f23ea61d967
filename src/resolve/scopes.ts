import { perDocument } from '../topology/per-document.ts';

/** Neutron's first number, which stands for all subnets outside every address scope. */
export const NO_SCOPE = 1024;

/**
 * Numbers of the address scopes, by name, in the order of the file. Neutron counts each router's by first use, and anew in every
 * agent; the same number everywhere and always is one that a living connection's mark goes on meaning.
 */
export const scopeNumbers = perDocument(
  ({ address_scopes: scopes = {} }): ReadonlyMap<string, number> =>
    new Map(Object.keys(scopes).map((name, index) => [name, NO_SCOPE + 1 + index])),
);
