import { TABLE_PREFIX, type NftChain, type NftState, type NftTable } from './nft.ts';

/** The name of a topology's table, by which it is ours. A topology's name has 19 characters at most. */
export function tableName(topology: string): string {
  return TABLE_PREFIX + topology;
}

/** This topology's table, if there is one. */
export function ownTable(state: NftState | undefined, topology: string): NftTable | undefined {
  return state?.tables.get(tableName(topology));
}

/** The set of all guarded taps, and the map that leads from a tap to its chain. */
export const GUARDED = 'guarded';
export const CHECKS = 'checks';

/** Where a tap's chain goes on with a frame that has no IPv4 address to be checked. */
export const UNADDRESSED = 'unaddressed';

/** Before br_netfilter (0), which hands frames to iptables: priority of ebtables' own dnat (NF_BR_PRI_NAT_DST_BRIDGED). */
const PRIORITY = -300;

// VLAN tags, LLDP, STP and all else pass by iptables, so they end here. The kernel shows a tag as the frame's type also where it has taken it out.
const OTHER_TYPES = 'ether type != { arp , ip , ip6 } drop';

function base(hook: string, rules: readonly string[]): NftChain {
  return { declared: `type filter hook ${hook} priority ${PRIORITY} ; policy accept ;`, rules };
}

/** Sets and maps that all taps of a node share, by what nft calls them. */
export const SHARED_SETS: ReadonlyMap<string, string> = new Map([
  [`set ${GUARDED}`, 'type ifname ;'],
  [`map ${CHECKS}`, 'type ifname : verdict ;'],
]);

/** Chains that all taps of a node share, in the order in which they can be made. */
export const SHARED_CHAINS: ReadonlyMap<string, NftChain> = new Map([
  [
    UNADDRESSED,
    {
      declared: '',
      rules: [
        // ip6tables sees to it, through br_netfilter.
        'ether type ip6 accept',
        'ip saddr 0.0.0.0 ip daddr 255.255.255.255 udp sport 68 udp dport 67 accept',
        'drop',
      ],
    },
  ],
  ['prerouting', base('prerouting', [`iifname @${GUARDED} ${OTHER_TYPES}`, `iifname vmap @${CHECKS}`])],
  ['postrouting', base('postrouting', [`oifname @${GUARDED} ${OTHER_TYPES}`])],
]);

/** What one tap has in the table. */
export interface PortObjects {
  readonly chain: string;
  readonly macs: string;
  readonly sources: string;
  /** Its element of the map. */
  readonly check: string;
}

/** The names of what a tap has in the table. */
export function portObjects(device: string): PortObjects {
  const chain = `from-${device}`;
  return { chain, macs: `macs-${device}`, sources: `sources-${device}`, check: `${device} : jump ${chain}` };
}

/** The tap a chain or a set of such a name belongs to. */
export function deviceOfObject(name: string): string | undefined {
  return /^(?:from|macs|sources)-([A-Za-z0-9_.-]{1,15})$/.exec(name)?.[1];
}

/** The rules of a tap's chain: for listed sources, and for any. Both pass nothing but what is known to be right. */
export function portRules(device: string, sources: 'listed' | 'any'): readonly string[] {
  const { macs, sources: set } = portObjects(device);
  return [
    `ether saddr != @${macs} drop`,
    ...(sources === 'any'
      ? ['ether type ip accept', `arp saddr ether @${macs} accept`]
      : [
          `ether saddr . ip saddr @${set} accept`,
          `arp saddr ether @${macs} ether saddr . arp saddr ip @${set} accept`,
        ]),
    `goto ${UNADDRESSED}`,
  ];
}
