import { TABLE_PREFIX, type NftChain, type NftState, type NftTable } from './nft.ts';

/** Returns the name of a topology's table; the name is its mark. A topology's name has at most 19 characters. */
export function tableName(topology: string): string {
  return TABLE_PREFIX + topology;
}

/** Returns this topology's table, if it exists. */
export function ownTable(state: NftState | undefined, topology: string): NftTable | undefined {
  return state?.tables.get(tableName(topology));
}

/**
 * The sets of the table with nft's declarations: the guarded taps, their MACs, the IPv4 blocks that each MAC may send
 * from, and the MACs (as numbers) that may be the client of a DHCP message (`chaddr`, RFC 2131).
 */
export const SETS = {
  guarded: 'type ifname ;',
  macs: 'type ifname . ether_addr ;',
  sources: 'type ifname . ether_addr . ipv4_addr ; flags interval ;',
  clients: 'typeof iifname . @th,288,48 ;',
} as const;

/** The name of a set of the table. */
export type SetName = keyof typeof SETS;

/**
 * The priority of ebtables' dnat (NF_BR_PRI_NAT_DST_BRIDGED): before br_netfilter (0), which passes frames to iptables.
 */
const PRIORITY = -300;

// VLAN-tagged frames, LLDP, STP and all other types bypass iptables, so they are dropped here. The kernel reports a
// VLAN tag as the frame's type even if it has removed the tag.
const OTHER_TYPES = 'ether type != { arp , ip , ip6 } drop';

function base(hook: string, rules: readonly string[]): NftChain {
  return { declared: `type filter hook ${hook} priority ${PRIORITY} ; policy accept ;`, rules };
}

/**
 * A DHCP message names its client itself: a DHCPRELEASE with the MAC and address of another guest would end the lease
 * of that guest. The MAC is 28 bytes into the message, after 8 bytes of UDP header. A fragment too short for it is
 * dropped.
 */
const CLIENT: NftChain = { declared: '', rules: ['iifname . @th,288,48 @clients return', 'drop'] };

/** The sets and chains of a table, in the order in which they can be created. Only frames that match a rule pass. */
export interface SpoofTable {
  /** nft's declarations. */
  readonly sets: ReadonlyMap<SetName, string>;
  readonly chains: ReadonlyMap<string, NftChain>;
}

/** Returns the sets and chains of the table, with or without the check of the client in DHCP messages. */
export function spoofTable({ clients }: { readonly clients: boolean }): SpoofTable {
  const check = [
    'iifname . ether saddr != @macs drop',
    ...(clients ? ['ether type ip udp dport 67 jump client'] : []),
    'iifname . ether saddr . ip saddr @sources accept',
    'iifname . arp saddr ether @macs iifname . ether saddr . arp saddr ip @sources accept',
    // ip6tables filters it, through br_netfilter.
    'ether type ip6 accept',
    'ip saddr 0.0.0.0 ip daddr 255.255.255.255 udp sport 68 udp dport 67 accept',
    'drop',
  ];
  const sets = Object.entries(SETS) as readonly [SetName, string][];
  return {
    sets: new Map(sets.filter(([name]) => clients || name !== 'clients')),
    chains: new Map([
      ...(clients ? ([['client', CLIENT]] as const) : []),
      ['check', { declared: '', rules: check }],
      ['prerouting', base('prerouting', [`iifname @guarded ${OTHER_TYPES}`, 'iifname @guarded goto check'])],
      ['postrouting', base('postrouting', [`oifname @guarded ${OTHER_TYPES}`])],
    ]),
  };
}

/**
 * Returns whether nft can declare the set `clients` (`typeof` of raw bits); true if its version is unknown. Tested with
 * 1.0.6 and no older one.
 */
export function canCheckClients(state: NftState | undefined): boolean {
  const [major = 0, minor = 0, patch = 0] = (state?.version ?? '').split('.').map(Number);
  return !state?.version || major > 1 || (major === 1 && (minor > 0 || patch >= 6));
}

/** Returns whether a declaration of a set, as nft prints it, is ours. nft before 1.1.4 prints types for `typeof`. */
export function isDeclared(set: SetName, declared: string | undefined): boolean {
  return declared === SETS[set] || (set === 'clients' && declared === 'type ifname . integer ;');
}

const DEVICE = '[A-Za-z0-9_.-]{1,15}';
const MAC = '[0-9a-f]{2}(?::[0-9a-f]{2}){5}';
const BLOCK = String.raw`\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?`;
const FORMS: Readonly<Record<SetName, RegExp>> = {
  guarded: new RegExp(`^${DEVICE}$`),
  macs: new RegExp(`^${DEVICE} \\. ${MAC}$`),
  sources: new RegExp(`^${DEVICE} \\. ${MAC} \\. ${BLOCK}$`),
  clients: new RegExp(`^${DEVICE} \\. \\d{1,15}$`),
};

/**
 * True for an element in the form that netloom writes for a tap; false for a foreign one with a range, comment or
 * timeout.
 */
export function isTapElement(set: SetName, element: string): boolean {
  return FORMS[set].test(element);
}
