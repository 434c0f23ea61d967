import { formatMark, parseMark } from '../../model/mark.ts';
import { fnv1a } from '../../net/fnv.ts';

const NIC_TOKEN = 'nic=';

const LABEL_TOKEN = 'label=';

/** In the mark of an Open vSwitch bridge's local device, which otherwise looks like any tap device. */
const SWITCH_TOKEN = 'ovs-bridge';

/** In the mark of an internal port's device that stays in the node's own namespace: everything on it is ours. */
const PORT_TOKEN = 'ovs-internal';

/**
 * Label suffixes (the part after the colon) by address. They are kept for the move back to the NIC if the bridge's
 * longer name leaves no room for them.
 */
export type KeptLabels = ReadonlyMap<string, string>;

/** Returns the mark of a bridge. It names the borrowed NIC, so that a foreign port is never taken for it. */
export function bridgeAlias(topology: string, nic: string | undefined, labels: KeptLabels = new Map()): string {
  const kept = [...labels].map(([cidr, suffix]) => `${LABEL_TOKEN}${cidr}=${suffix}`);
  return formatMark({ topology, tokens: nic === undefined ? kept : [NIC_TOKEN + nic, ...kept] });
}

/** Returns the mark of an Open vSwitch bridge's device. */
export function ovsBridgeAlias(topology: string, nic: string | undefined, labels: KeptLabels = new Map()): string {
  return `${bridgeAlias(topology, nic, labels)},${SWITCH_TOKEN}`;
}

/** True for the alias of an Open vSwitch bridge's device. */
export function isOvsBridgeAlias(ifalias: string | undefined): boolean {
  return parseMark(ifalias)?.tokens.includes(SWITCH_TOKEN) ?? false;
}

/** Returns the mark of an internal port's device in the node's own namespace. */
export function nodePortAlias(topology: string): string {
  return formatMark({ topology, tokens: [PORT_TOKEN] });
}

/** True for the alias of an internal port's device in the node's own namespace. */
export function isNodePortAlias(ifalias: string | undefined): boolean {
  return parseMark(ifalias)?.tokens.includes(PORT_TOKEN) ?? false;
}

/** Returns the labels kept in a bridge's alias. */
export function keptLabels(ifalias: string | undefined): KeptLabels {
  const tokens = parseMark(ifalias)?.tokens.filter((token) => token.startsWith(LABEL_TOKEN)) ?? [];
  return new Map(
    tokens.map((token) => {
      const [cidr = '', suffix = ''] = token.slice(LABEL_TOKEN.length).split('=');
      return [cidr, suffix] as const;
    }),
  );
}

/** Returns the borrowed NIC that a bridge's alias names. */
export function borrowedNic(ifalias: string | undefined): string | undefined {
  const token = parseMark(ifalias)?.tokens.find((t) => t.startsWith(NIC_TOKEN));
  return token?.slice(NIC_TOKEN.length);
}

/** Below it are the groups that administrators number and name in /etc/iproute2/group; `ip` takes 31 bits. */
const FIRST_GROUP = 0x40000000;

/**
 * Returns the group in which a veth pair is created. The kernel ignores the alias of a link that is created, but not
 * its group: until the ends get their aliases, and leave the group by the same message, it is their mark.
 */
export function birthGroup(topology: string): string {
  return String(FIRST_GROUP + (fnv1a(topology) % FIRST_GROUP));
}

/** Four hex digits: enough to distinguish the topologies on one node. */
function shortHash(text: string): string {
  return (fnv1a(text) & 0xffff).toString(16).padStart(4, '0');
}

/**
 * Returns the label of an address that netloom sets on a link in the node's own namespace. The kernel keeps 15
 * characters, and a label begins with the link's name. On a bridge with our mark a colon is enough; on any other link a
 * hash of the topology follows. `undefined` if the name leaves no room: such an address cannot be identified as ours,
 * so it is never deleted.
 */
export function nicLabel(device: string, topology: string, ownBridge: boolean): string | undefined {
  if (ownBridge) return device.length < 15 ? `${device}:` : undefined;
  return device.length <= 10 ? `${device}:${shortHash(topology)}` : undefined;
}
