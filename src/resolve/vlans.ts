/** VLAN tags of 802.1Q: 0 is none, 4095 is reserved. */
const TAGS = 4094;

/**
 * The VLAN each network has in the integration bridges, by the network's id. Neutron's agent hands them out from memory; here one follows from the id alone, or
 * is the next that is free, in order of the ids: the file's order does not count, and another network hardly ever changes one.
 * With more networks than tags they are used again: no two networks of one tag may meet in a bridge (`findVlanCollisions`).
 */
export function localVlans(ids: readonly string[]): ReadonlyMap<string, number> {
  const taken = new Set<number>();
  const vlans = new Map<string, number>();
  for (const id of [...ids].sort()) {
    if (taken.size === TAGS) taken.clear();
    let tag = (Number.parseInt(id.slice(0, 8), 16) % TAGS) + 1;
    while (taken.has(tag)) tag = (tag % TAGS) + 1;
    vlans.set(id, tag);
    taken.add(tag);
  }
  return vlans;
}
