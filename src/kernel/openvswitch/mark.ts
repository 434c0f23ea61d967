import type { Netns, Owner } from '../../model/resource.ts';
import { parseMark, formatMark } from '../../model/mark.ts';
import type { OvsMap, OvsState } from './database.ts';
import { ownerOf } from '../links/owner.ts';

/** Ids of our own begin so. */
const PREFIX = 'netloom';

/** In `external_ids` of a bridge, a port or an interface: whose it is. */
const OWNER = PREFIX;

/** In those of an internal port's interface: the namespace its device is in. It tells where the device is missing. */
const NETNS = `${PREFIX}-netns`;

/** The node's own namespace there. */
const NODE = '-';

/** In those of both interfaces of a patch: its name. */
const PATCH = `${PREFIX}-patch`;

/** What stands in a row's ids in the place of a topology's name, whatever it is. */
export function nameInIds(ids: OvsMap): string | undefined {
  return ids.get(OWNER);
}

/** Who a row of the database says it belongs to. */
export function ownerOfIds(ids: OvsMap | undefined, topology: string): Owner {
  const owner = ids && nameInIds(ids);
  return ownerOf(owner === undefined ? undefined : parseMark(formatMark({ topology: owner, tokens: [] })), topology);
}

/** The namespace a row says its device is in. */
export function netnsOfIds(ids: OvsMap): Netns | undefined {
  const name = ids.get(NETNS);
  return name === NODE ? null : name;
}

/** The patch a row says it is an end of. */
export function patchOfIds(ids: OvsMap): string | undefined {
  return ids.get(PATCH);
}

/**
 * The NIC that a bridge of the switch borrowed, by the mark of its port: it tells where the bridge's own alias is lost.
 */
export function nicOfOvsBridge(ovs: OvsState | undefined, bridge: string, topology: string): string | undefined {
  return [...(ovs?.ports.values() ?? [])]
    .filter((port) => port.bridge === bridge && ownerOfIds(port.ids, topology) === 'ours')
    .flatMap(({ interfaces }) => interfaces)
    .find((name) => ovs?.interfaces.get(name)?.type === '');
}

/** All ids that are not our own. */
export function otherIds(ids: OvsMap): Readonly<Record<string, string>> {
  return Object.fromEntries([...ids].filter(([key]) => key !== OWNER && key !== NETNS && key !== PATCH));
}

/** The ids that mark a row. */
export function markIds(
  topology: string,
  place: { readonly netns?: Netns; readonly patch?: string } = {},
): Readonly<Record<string, string>> {
  return {
    [OWNER]: topology,
    ...(place.netns !== undefined && { [NETNS]: place.netns ?? NODE }),
    ...(place.patch !== undefined && { [PATCH]: place.patch }),
  };
}
