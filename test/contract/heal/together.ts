import type { Damage } from './damages/damage.ts';

/** The number of damages done together; more would save little. */
const MOST = 8;

/**
 * Returns damages that may be done and repaired together: repairing one of them touches no object of another, so each
 * change of the plan belongs to one damage. A damage is done alone if its repair may recreate or lose something, or if
 * it needs no repair.
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
      // A damage done alone covers all objects, and leaves none to others.
      groups.push({ members: [damage], objects: new Set(isAlone || objects.length === 0 ? all : objects) });
      continue;
    }
    found.members.push(damage);
    for (const address of objects) found.objects.add(address);
  }
  return groups.map(({ members }) => members);
}
