/** VLAN tags of 802.1Q: 0 means untagged, 4095 is reserved. */
const TAGS = 4094;

/**
 * Returns the local VLAN of each network in the integration bridges, by network id. Neutron's agent assigns them from
 * memory; here a VLAN is derived from the id, or is the next free one, in order of the ids. The order of the file has
 * no effect, and an additional network rarely changes a VLAN. With more networks than tags, tags are reused; two
 * networks with one tag must not be in the same bridge (`findVlanCollisions`).
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
