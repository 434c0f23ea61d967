import type { Held } from '../model/held.ts';

/** VLAN tags of 802.1Q: 0 means untagged, 4095 is reserved. */
const TAGS = 4094;

/**
 * Returns the local VLAN of each network in the integration bridges, by network id. Neutron's agent assigns them from
 * memory; here a network keeps the VLAN that it holds; another is derived from the id, or is the next free one, in
 * order of the ids. The order of the file has no effect. With more networks than tags, tags are reused; two
 * networks with one tag must not be in the same bridge (`findVlanCollisions`).
 */
export function localVlans(ids: readonly string[], held: Held['vlans']): ReadonlyMap<string, number> {
  const users = new Map<number, number>();
  const vlans = new Map<string, number>();
  const mostUsers = Math.ceil(ids.length / TAGS);
  const assign = (id: string, tag: number): void => {
    vlans.set(id, tag);
    users.set(tag, (users.get(tag) ?? 0) + 1);
  };
  const ordered = [...ids].sort();
  for (const id of ordered) {
    const tag = held.get(id);
    if (tag !== undefined && tag >= 1 && tag <= TAGS && (users.get(tag) ?? 0) < mostUsers) assign(id, tag);
  }
  for (const id of ordered) {
    if (vlans.has(id)) continue;
    const fewest = Math.floor(vlans.size / TAGS);
    let tag = (Number.parseInt(id.slice(0, 8), 16) % TAGS) + 1;
    while ((users.get(tag) ?? 0) > fewest) tag = (tag % TAGS) + 1;
    assign(id, tag);
  }
  return vlans;
}
