import type { Damage } from './damages/damage.ts';

/** The number of damages done together; more would save little. */
const MOST = 8;

/**
 * Returns damages that may be done and repaired together: repairing one of them touches no object of another, so each
 * change of the plan belongs to one damage. A damage is done alone if its repair may recreate or lose something, or if
 * it needs no repair. Damages that recreate the same thing, such as the daemon that reads several files, are done
 * together if each is seen by the change of another object.
 */
export function together(damages: readonly Damage[], addresses: Iterable<string>): Damage[][] {
  const all = [...addresses];
  const groups: { readonly members: Damage[]; readonly objects: Set<string>; readonly remade: string | undefined }[] =
    [];
  for (const damage of damages) {
    const { seen, lost, harmless, meets } = damage;
    const remade = damage.remade?.source;
    const own = seen ?? damage.touches;
    const objects = all.filter((address) => own.test(address) || meets?.test(address));
    const isAlone =
      (remade !== undefined && seen === undefined) || lost !== undefined || harmless === true || objects.length === 0;
    const found = groups.find(
      (group) =>
        group.remade === remade &&
        group.members.length < MOST &&
        !objects.some((address) => group.objects.has(address)),
    );
    if (found === undefined || isAlone) {
      // A damage done alone covers all objects, and leaves none to others.
      groups.push({ members: [damage], objects: new Set(isAlone ? all : objects), remade });
      continue;
    }
    found.members.push(damage);
    for (const address of objects) found.objects.add(address);
  }
  return groups.map(({ members }) => members);
}
