import { formatMark, parseMark } from '../../model/mark.ts';
import { fnv1a } from '../../net/fnv.ts';

const NIC_TOKEN = 'nic=';

const LABEL_TOKEN = 'label=';

/** In the mark of an Open vSwitch bridge's local device, which is a tap device like any other. */
const SWITCH_TOKEN = 'ovs-bridge';

/** In the mark of an internal port's device that stays in the node's own namespace: all that is on it is ours. */
const PORT_TOKEN = 'ovs-internal';

/** What stands after the colon of an address label, by address: kept for the way back where the bridge's longer name has no room for it. */
export type KeptLabels = ReadonlyMap<string, string>;

/** The mark of a bridge names the NIC it borrowed, so that a stranger's port is never taken for it. */
export function bridgeAlias(topology: string, nic: string | undefined, labels: KeptLabels = new Map()): string {
  const kept = [...labels].map(([cidr, suffix]) => `${LABEL_TOKEN}${cidr}=${suffix}`);
  return formatMark({ topology, tokens: nic === undefined ? kept : [NIC_TOKEN + nic, ...kept] });
}

/** The same of the device of an Open vSwitch bridge. */
export function ovsBridgeAlias(topology: string, nic: string | undefined, labels: KeptLabels = new Map()): string {
  return `${bridgeAlias(topology, nic, labels)},${SWITCH_TOKEN}`;
}

/** Whether an alias is that of an Open vSwitch bridge's device. */
export function isOvsBridgeAlias(ifalias: string | undefined): boolean {
  return parseMark(ifalias)?.tokens.includes(SWITCH_TOKEN) ?? false;
}

/** The mark of an internal port's device in the node's own namespace. */
export function nodePortAlias(topology: string): string {
  return formatMark({ topology, tokens: [PORT_TOKEN] });
}

/** Whether an alias is that of an internal port's device in the node's own namespace. */
export function isNodePortAlias(ifalias: string | undefined): boolean {
  return parseMark(ifalias)?.tokens.includes(PORT_TOKEN) ?? false;
}

/** The labels that a bridge's alias keeps. */
export function keptLabels(ifalias: string | undefined): KeptLabels {
  const tokens = parseMark(ifalias)?.tokens.filter((token) => token.startsWith(LABEL_TOKEN)) ?? [];
  return new Map(
    tokens.map((token) => {
      const [cidr = '', suffix = ''] = token.slice(LABEL_TOKEN.length).split('=');
      return [cidr, suffix] as const;
    }),
  );
}

/** The NIC a bridge's alias says it borrowed. */
export function borrowedNic(ifalias: string | undefined): string | undefined {
  const token = parseMark(ifalias)?.tokens.find((t) => t.startsWith(NIC_TOKEN));
  return token?.slice(NIC_TOKEN.length);
}

/** Four hex digits: enough to tell the topologies of one machine apart. */
function shortHash(text: string): string {
  return (fnv1a(text) & 0xffff).toString(16).padStart(4, '0');
}

/**
 * The label of an address that netloom put on a link of the node itself. The kernel keeps 15 characters, the link's name first. On a bridge whose
 * own mark says whose it is, a colon is enough; on any other link a hash of the topology follows. `undefined` where the name leaves no room:
 * such an address can't be told from others, and is never taken away.
 */
export function nicLabel(device: string, topology: string, ownBridge: boolean): string | undefined {
  if (ownBridge) return device.length < 15 ? `${device}:` : undefined;
  return device.length <= 10 ? `${device}:${shortHash(topology)}` : undefined;
}
