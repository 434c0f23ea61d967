import { TABLE_PREFIX, type NftChain, type NftState, type NftTable } from './nft.ts';

/** The name of a topology's table, by which it is ours. A topology's name has 19 characters at most. */
export function tableName(topology: string): string {
  return TABLE_PREFIX + topology;
}

/** This topology's table, if there is one. */
export function ownTable(state: NftState | undefined, topology: string): NftTable | undefined {
  return state?.tables.get(tableName(topology));
}

/**
 * The sets of the table, by what nft calls them: the guarded taps, their MACs, and with each MAC the IPv4 blocks it may
 * send from.
 */
export const SETS = {
  guarded: 'type ifname ;',
  macs: 'type ifname . ether_addr ;',
  sources: 'type ifname . ether_addr . ipv4_addr ; flags interval ;',
} as const;

/** A set of the table. */
export type SetName = keyof typeof SETS;

/**
 * Before br_netfilter (0), which hands frames to iptables: priority of ebtables' own dnat (NF_BR_PRI_NAT_DST_BRIDGED).
 */
const PRIORITY = -300;

// VLAN tags, LLDP, STP and all else pass by iptables, so they end here. The kernel shows a tag as the frame's type also
// where it has taken it out.
const OTHER_TYPES = 'ether type != { arp , ip , ip6 } drop';

function base(hook: string, rules: readonly string[]): NftChain {
  return { declared: `type filter hook ${hook} priority ${PRIORITY} ; policy accept ;`, rules };
}

/** The chains of the table, in the order in which they can be made. Nothing passes but what is known to be right. */
export const CHAINS: ReadonlyMap<string, NftChain> = new Map([
  [
    'check',
    {
      declared: '',
      rules: [
        'iifname . ether saddr != @macs drop',
        'iifname . ether saddr . ip saddr @sources accept',
        'iifname . arp saddr ether @macs iifname . ether saddr . arp saddr ip @sources accept',
        // ip6tables sees to it, through br_netfilter.
        'ether type ip6 accept',
        'ip saddr 0.0.0.0 ip daddr 255.255.255.255 udp sport 68 udp dport 67 accept',
        'drop',
      ],
    },
  ],
  ['prerouting', base('prerouting', [`iifname @guarded ${OTHER_TYPES}`, 'iifname @guarded goto check'])],
  ['postrouting', base('postrouting', [`oifname @guarded ${OTHER_TYPES}`])],
]);

const DEVICE = '[A-Za-z0-9_.-]{1,15}';
const MAC = '[0-9a-f]{2}(?::[0-9a-f]{2}){5}';
const BLOCK = String.raw`\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?`;
const FORMS: Readonly<Record<SetName, RegExp>> = {
  guarded: new RegExp(`^${DEVICE}$`),
  macs: new RegExp(`^${DEVICE} \\. ${MAC}$`),
  sources: new RegExp(`^${DEVICE} \\. ${MAC} \\. ${BLOCK}$`),
};

/** Whether an element of one of the sets is such as a tap has, and no range, comment or timeout of somebody else. */
export function isTapElement(set: SetName, element: string): boolean {
  return FORMS[set].test(element);
}
