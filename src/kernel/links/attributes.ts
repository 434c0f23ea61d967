import { bridgeOf, type RawLink } from '../probes/ip.ts';

/**
 * What an attribute of `ip link set` belongs to: the link itself, a bridge (`type bridge`), a port of a bridge (`type
 * bridge_slave`).
 */
export type Group = 'link' | 'bridge' | 'port';

interface Attribute {
  /** The option of `ip link set`. */
  readonly name: string;
  readonly read: (link: RawLink) => unknown;
  /** The value of a new link. Several if kernels differ; netloom sets the first. */
  readonly defaults: readonly string[];
  /** Whether the attribute is compared on this link, in this bridge; absent: always. */
  readonly appliesTo?: (link: RawLink, links: readonly RawLink[]) => boolean;
}

const onOff = (on: boolean): string => (on ? 'on' : 'off');
const flag = (name: string, word: string, initial: string, inverted = false): Attribute => ({
  name: word,
  read: (link) => onOff(link.flags.includes(name) !== inverted),
  defaults: [initial],
});
const top = (name: string, key: keyof RawLink, initial: string): Attribute => ({
  name,
  read: (l) => l[key],
  defaults: [initial],
});
const data = (name: string, initial: string, key = name): Attribute => ({
  name,
  read: (link) => link.linkinfo?.info_data?.[key],
  defaults: [initial],
});
const slave = (
  name: string,
  initial: string | readonly string[],
  key = name,
  appliesTo?: Attribute['appliesTo'],
): Attribute => ({
  name,
  read: (link) => link.linkinfo?.info_slave_data?.[key],
  defaults: typeof initial === 'string' ? [initial] : initial,
  ...(appliesTo && { appliesTo }),
});

/**
 * Every attribute of a link that `ip -j -d` shows and `ip link set` can change, with the kernel's default
 * (net/core/dev.c, net/bridge/br_device.c and br_if.c). State, MTU, MAC, alias and bridge are fields of the specs.
 */
const ATTRIBUTES: Readonly<Record<Group, readonly Attribute[]>> = {
  link: [
    top('txqueuelen', 'txqlen', '1000'),
    top('group', 'group', 'default'),
    top('broadcast', 'broadcast', 'ff:ff:ff:ff:ff:ff'),
    top('gso_max_size', 'gso_max_size', '65536'),
    top('gso_max_segs', 'gso_max_segs', '65535'),
    top('gro_max_size', 'gro_max_size', '65536'),
    flag('NOARP', 'arp', 'on', true),
    flag('MULTICAST', 'multicast', 'on'),
    flag('ALLMULTI', 'allmulticast', 'off'),
    flag('PROMISC', 'promisc', 'off'),
    flag('DYNAMIC', 'dynamic', 'off'),
  ],
  bridge: [
    data('forward_delay', '1500'),
    data('hello_time', '200'),
    data('max_age', '2000'),
    data('ageing_time', '30000'),
    data('stp_state', '0'),
    data('priority', '32768'),
    data('group_fwd_mask', '0'),
    data('group_address', '01:80:c2:00:00:00', 'group_addr'),
    data('no_linklocal_learn', '0'),
    data('vlan_filtering', '0'),
    data('mcast_snooping', '1'),
    data('mcast_router', '1'),
    data('mcast_query_use_ifaddr', '0'),
    data('mcast_querier', '0'),
    data('mcast_hash_max', '4096'),
    data('mcast_last_member_count', '2', 'mcast_last_member_cnt'),
    data('mcast_startup_query_count', '2', 'mcast_startup_query_cnt'),
    data('mcast_last_member_interval', '100', 'mcast_last_member_intvl'),
    data('mcast_membership_interval', '26000', 'mcast_membership_intvl'),
    data('mcast_querier_interval', '25500', 'mcast_querier_intvl'),
    data('mcast_query_interval', '12500', 'mcast_query_intvl'),
    data('mcast_query_response_interval', '1000', 'mcast_query_response_intvl'),
    data('mcast_startup_query_interval', '3125', 'mcast_startup_query_intvl'),
    data('mcast_stats_enabled', '0'),
    data('mcast_igmp_version', '2'),
    data('mcast_mld_version', '1'),
    data('nf_call_iptables', '0'),
    data('nf_call_ip6tables', '0'),
    data('nf_call_arptables', '0'),
  ],
  port: [
    // Without a spanning tree, a port with carrier forwards if its bridge is up, and is disabled otherwise. The bridge
    // learns of the carrier when `operstate` changes; the flag LOWER_UP is a moment earlier.
    slave(
      'state',
      'forwarding',
      'state',
      (link, links) =>
        link.operstate === 'UP' && links.find((l) => l.ifname === link.master)?.flags.includes('UP') === true,
    ),
    slave('priority', '32'),
    // The kernel derives the cost from the link's speed (br_if.c, port_cost); a tap had 10 Mbit/s up to 6.2. The cost
    // of a NIC is not compared.
    slave('cost', ['2', '100'], 'cost', (link) => ['veth', 'tun'].includes(link.linkinfo?.info_kind ?? '')),
    slave('hairpin', 'off'),
    slave('guard', 'off'),
    slave('root_block', 'off'),
    slave('fastleave', 'off'),
    slave('learning', 'on'),
    slave('flood', 'on'),
    slave('proxy_arp', 'off'),
    slave('proxy_arp_wifi', 'off'),
    slave('mcast_router', '1', 'multicast_router'),
    slave('mcast_flood', 'on'),
    slave('bcast_flood', 'on'),
    slave('mcast_to_unicast', 'off'),
    slave('group_fwd_mask', '0'),
    slave('neigh_suppress', 'off'),
    slave('vlan_tunnel', 'off'),
    slave('isolated', 'off'),
    slave('locked', 'off'),
  ],
};

const PORT_STATES: Readonly<Record<string, string>> = {
  disabled: '0',
  listening: '1',
  learning: '2',
  forwarding: '3',
  blocking: '4',
};

function text(value: unknown): string | undefined {
  if (typeof value === 'boolean') return onOff(value);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/**
 * True for equal values. HZ does not divide every interval: 31.25 s reads back as 31.24 s, so one unit (10 ms) is no
 * difference.
 */
function same(a: string, b: string): boolean {
  return a === b || (/^\d{4,}$/.test(a) && /^\d{4,}$/.test(b) && Math.abs(Number(a) - Number(b)) === 1);
}

/**
 * Returns the attributes of a link that differ from the kernel's defaults. A missing attribute (an older kernel or
 * iproute2) counts as default. `links` are those of the same namespace, including the link's bridge.
 */
export function nonDefaultAttributes(
  link: RawLink,
  groups: readonly Group[],
  links: readonly RawLink[],
): Record<string, string> {
  const changed: Record<string, string> = {};
  for (const group of groups) {
    if (group === 'port' && link.linkinfo?.info_slave_kind !== 'bridge') continue;
    for (const attribute of ATTRIBUTES[group]) {
      const value = text(attribute.read(link));
      if (value === undefined || isDefault(attribute, value) || attribute.appliesTo?.(link, links) === false) continue;
      changed[attribute.name] = value;
    }
  }
  return changed;
}

function isDefault({ defaults }: Attribute, value: string): boolean {
  return value === defaults[0] || defaults.some((usual) => same(value, usual));
}

/**
 * Returns the link that a device inside a namespace is enslaved to, as an attribute: there it has no master. On the
 * node itself the master is a field of the specs.
 */
export function masterAttribute(device: RawLink): Record<string, string> {
  const master = bridgeOf(device);
  return master === undefined ? {} : { master };
}

/**
 * Returns the words after `ip link set dev DEVICE` that set an attribute; `undefined` sets the default. The attribute
 * is looked up in these groups, in order.
 */
export function attributeWords(groups: readonly Group[], name: string, value: string | undefined): readonly string[] {
  if (name === 'master') return value === undefined ? ['nomaster'] : ['master', value];
  const group = groupOf(name, ...groups) ?? 'link';
  const attribute = ATTRIBUTES[group].find((a) => a.name === name);
  const desired = value ?? attribute?.defaults[0] ?? '';
  const word = group === 'port' && name === 'state' ? (PORT_STATES[desired] ?? desired) : desired;
  const type = { link: [], bridge: ['type', 'bridge'], port: ['type', 'bridge_slave'] }[group];
  return [...type, name, word];
}

/** Returns the first of the given groups that has an attribute of this name. */
export function groupOf(name: string, ...groups: readonly Group[]): Group | undefined {
  return groups.find((group) => ATTRIBUTES[group].some((a) => a.name === name));
}
