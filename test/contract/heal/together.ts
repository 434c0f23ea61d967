import type { Damage } from './damages/damage.ts';

/** So many are done at once; more would save little. */
const MOST = 8;

/**
 * Damages that may be done and mended together: what mends one of them is no object of another's, so each change of the plan still
 * belongs to one damage. Those after which something may be new, or lost, or nothing is to be done, are done alone.
 */
export function together(damages: readonly Damage[], addresses: Iterable<string>): Damage[][] {
  const all = [...addresses];
  const groups: { readonly members: Damage[]; readonly objects: Set<string> }[] = [];
  for (const damage of damages) {
    const objects = all.filter((address) => damage.touches.test(address) || damage.meets?.test(address));
    const isAlone = damage.remade !== undefined || damage.lost !== undefined || damage.harmless === true;
    const found = groups.find(
      ({ members, objects: taken }) => members.length < MOST && !objects.some((address) => taken.has(address)),
    );
    if (found === undefined || isAlone || objects.length === 0) {
      // What is done alone takes all there is, and leaves nothing to others.
      groups.push({ members: [damage], objects: new Set(isAlone || objects.length === 0 ? all : objects) });
      continue;
    }
    found.members.push(damage);
    for (const address of objects) found.objects.add(address);
  }
  return groups.map(({ members }) => members);
}
