import type { Netns, Owner } from '../../model/resource.ts';
import { parseMark, formatMark } from '../../model/mark.ts';
import type { OvsMap, OvsState } from './database.ts';
import { ownerOf } from '../links/owner.ts';

/** The prefix of our own ids. */
const PREFIX = 'netloom';

/** In `external_ids` of a bridge, a port or an interface: its topology. */
const OWNER = PREFIX;

/**
 * In `external_ids` of an internal port's interface: the namespace of its device. It is known also if the device is
 * missing.
 */
const NETNS = `${PREFIX}-netns`;

/** The value of `netloom-netns` for the node's own namespace. */
const NODE = '-';

/** In `external_ids` of both interfaces of a patch: its name. */
const PATCH = `${PREFIX}-patch`;

/** Returns the value that a row's ids hold as the topology's name, unchecked. */
export function nameInIds(ids: OvsMap): string | undefined {
  return ids.get(OWNER);
}

/** Returns the owner of a row of the database. */
export function ownerOfIds(ids: OvsMap | undefined, topology: string): Owner {
  const owner = ids && nameInIds(ids);
  return ownerOf(owner === undefined ? undefined : parseMark(formatMark({ topology: owner, tokens: [] })), topology);
}

/** Returns the namespace of a row's device, as its ids state it. */
export function netnsOfIds(ids: OvsMap): Netns | undefined {
  const name = ids.get(NETNS);
  return name === NODE ? null : name;
}

/** Returns the name of the patch that a row is an end of, as its ids state it. */
export function patchOfIds(ids: OvsMap): string | undefined {
  return ids.get(PATCH);
}

/**
 * Returns the NIC that an Open vSwitch bridge borrowed, by the mark of the NIC's port. It is known also if the bridge's
 * alias is lost.
 */
export function nicOfOvsBridge(ovs: OvsState | undefined, bridge: string, topology: string): string | undefined {
  return [...(ovs?.ports.values() ?? [])]
    .filter((port) => port.bridge === bridge && ownerOfIds(port.ids, topology) === 'ours')
    .flatMap(({ interfaces }) => interfaces)
    .find((name) => ovs?.interfaces.get(name)?.type === '');
}

/** Returns all ids but our own. */
export function otherIds(ids: OvsMap): Readonly<Record<string, string>> {
  return Object.fromEntries([...ids].filter(([key]) => key !== OWNER && key !== NETNS && key !== PATCH));
}

/** Returns the ids that mark a row as the topology's. */
export function markIds(
  topology: string,
  details: { readonly netns?: Netns; readonly patch?: string } = {},
): Readonly<Record<string, string>> {
  return {
    [OWNER]: topology,
    ...(details.netns !== undefined && { [NETNS]: details.netns ?? NODE }),
    ...(details.patch !== undefined && { [PATCH]: details.patch }),
  };
}
