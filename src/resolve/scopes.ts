import type { Held } from '../model/held.ts';
import { fnv1a } from '../net/fnv.ts';

/** Neutron's first number: all subnets without an address scope. */
export const NO_SCOPE = 1024;

/** How many numbers Neutron has for address scopes, above NO_SCOPE; the schema allows no more scopes. */
const SCOPE_NUMBERS = 1023;

/**
 * Returns the numbers of the address scopes, by name: a held number, else one hashed from the name under which the
 * scope was created (`originals`, by the present name), else the next free one, in order of those names.
 *
 * Neutron's agent numbers the scopes of each router by first use after each start. Here a number is the same on every
 * router and run, so marks of established connections keep their meaning.
 */
export function scopeNumbers(
  originals: ReadonlyMap<string, string>,
  held: Held['scopes'],
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  const taken = new Set<number>();
  const assign = (name: string, number: number): void => {
    numbers.set(name, number);
    taken.add(number);
  };
  const ordered = [...originals].sort(([, a], [, b]) => (a < b ? -1 : 1));
  for (const [name, original] of ordered) {
    const number = held.get(name) ?? held.get(original);
    if (number !== undefined && isScopeNumber(number) && !taken.has(number)) assign(name, number);
  }
  for (const [name, original] of ordered) {
    if (numbers.has(name)) continue;
    let at = fnv1a(original) % SCOPE_NUMBERS;
    while (taken.has(NO_SCOPE + 1 + at)) at = (at + 1) % SCOPE_NUMBERS;
    assign(name, NO_SCOPE + 1 + at);
  }
  return numbers;
}

function isScopeNumber(number: number): boolean {
  return Number.isInteger(number) && number > NO_SCOPE && number <= NO_SCOPE + SCOPE_NUMBERS;
}
