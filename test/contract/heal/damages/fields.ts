/** How to change a field of a link that `ip -j -d addr` shows: words for `ip link set dev DEVICE …`. */
type Alter = (value: string, device: string) => string;

const number =
  (word: string, other: (value: number) => number): Alter =>
  (value) =>
    `${word} ${String(other(Number(value)))}`;
const flipped =
  (word: string): Alter =>
  (value) =>
    `${word} ${value === 'true' || value === '1' || value === 'on' ? 'off' : 'on'}`;
const bit =
  (word: string): Alter =>
  (value) =>
    `${word} ${value === '1' ? '0' : '1'}`;
const bridge =
  (alter: Alter): Alter =>
  (value, device) =>
    `type bridge ${alter(value, device)}`;
const port =
  (alter: Alter): Alter =>
  (value, device) =>
    `type bridge_slave ${alter(value, device)}`;
const plus = (word: string, more: number): Alter => number(word, (value) => value + more);

/** Every flag of a link that can be set, by its name, with the words that clear or set it. */
export const FLAGS: Readonly<Record<string, { readonly present: string; readonly absent: string }>> = {
  UP: { present: 'down', absent: 'up' },
  NOARP: { present: 'arp on', absent: 'arp off' },
  MULTICAST: { present: 'multicast off', absent: 'multicast on' },
  ALLMULTI: { present: 'allmulticast off', absent: 'allmulticast on' },
  PROMISC: { present: 'promisc off', absent: 'promisc on' },
  DYNAMIC: { present: 'dynamic off', absent: 'dynamic on' },
};

/** Fields that can be set, by their path. */
export const SETTABLE: Readonly<Record<string, Alter>> = {
  ifname: (_, device) => `down name x${device.slice(-8)}`,
  mtu: plus('mtu', -100),
  group: () => 'group 7',
  txqlen: plus('txqueuelen', -3),
  broadcast: () => 'broadcast ff:ff:ff:ff:ff:00',
  address: () => 'address fa:16:3e:99:99:99',
  ifalias: () => 'alias ""',
  master: () => 'nomaster',
  gso_max_size: () => 'gso_max_size 30000',
  gso_max_segs: () => 'gso_max_segs 30000',
  gro_max_size: () => 'gro_max_size 30000',
  'info_data.forward_delay': bridge(plus('forward_delay', 300)),
  'info_data.hello_time': bridge(plus('hello_time', 100)),
  'info_data.max_age': bridge(plus('max_age', 300)),
  'info_data.ageing_time': bridge(plus('ageing_time', 300)),
  'info_data.stp_state': bridge(bit('stp_state')),
  'info_data.priority': bridge(plus('priority', 7)),
  'info_data.vlan_filtering': bridge(bit('vlan_filtering')),
  'info_data.group_fwd_mask': bridge(() => 'group_fwd_mask 8'),
  'info_data.group_addr': bridge(() => 'group_address 01:80:c2:00:00:0f'),
  'info_data.no_linklocal_learn': bridge(bit('no_linklocal_learn')),
  'info_data.mcast_vlan_snooping': bridge(bit('mcast_vlan_snooping')),
  'info_data.mcast_router': bridge(() => 'mcast_router 2'),
  'info_data.mcast_snooping': bridge(bit('mcast_snooping')),
  'info_data.mcast_query_use_ifaddr': bridge(bit('mcast_query_use_ifaddr')),
  'info_data.mcast_querier': bridge(bit('mcast_querier')),
  'info_data.mcast_hash_max': bridge(() => 'mcast_hash_max 512'),
  'info_data.mcast_last_member_cnt': bridge(plus('mcast_last_member_count', 3)),
  'info_data.mcast_startup_query_cnt': bridge(plus('mcast_startup_query_count', 3)),
  'info_data.mcast_last_member_intvl': bridge(plus('mcast_last_member_interval', 300)),
  'info_data.mcast_membership_intvl': bridge(plus('mcast_membership_interval', 300)),
  'info_data.mcast_querier_intvl': bridge(plus('mcast_querier_interval', 300)),
  'info_data.mcast_query_intvl': bridge(plus('mcast_query_interval', 300)),
  'info_data.mcast_query_response_intvl': bridge(plus('mcast_query_response_interval', 300)),
  'info_data.mcast_startup_query_intvl': bridge(plus('mcast_startup_query_interval', 300)),
  'info_data.mcast_stats_enabled': bridge(bit('mcast_stats_enabled')),
  'info_data.mcast_igmp_version': bridge(() => 'mcast_igmp_version 3'),
  'info_data.mcast_mld_version': bridge(() => 'mcast_mld_version 2'),
  'info_data.nf_call_iptables': bridge(bit('nf_call_iptables')),
  'info_data.nf_call_ip6tables': bridge(bit('nf_call_ip6tables')),
  'info_data.nf_call_arptables': bridge(bit('nf_call_arptables')),
  'info_slave_data.state': port(() => 'state 2'),
  'info_slave_data.priority': port(plus('priority', -8)),
  'info_slave_data.cost': port(plus('cost', 5)),
  'info_slave_data.hairpin': port(flipped('hairpin')),
  'info_slave_data.guard': port(flipped('guard')),
  'info_slave_data.root_block': port(flipped('root_block')),
  'info_slave_data.fastleave': port(flipped('fastleave')),
  'info_slave_data.learning': port(flipped('learning')),
  'info_slave_data.flood': port(flipped('flood')),
  'info_slave_data.proxy_arp': port(flipped('proxy_arp')),
  'info_slave_data.proxy_arp_wifi': port(flipped('proxy_arp_wifi')),
  'info_slave_data.multicast_router': port(() => 'mcast_router 2'),
  'info_slave_data.mcast_flood': port(flipped('mcast_flood')),
  'info_slave_data.bcast_flood': port(flipped('bcast_flood')),
  'info_slave_data.mcast_to_unicast': port(flipped('mcast_to_unicast')),
  'info_slave_data.neigh_suppress': port(flipped('neigh_suppress')),
  'info_slave_data.group_fwd_mask': port(() => 'group_fwd_mask 8'),
  'info_slave_data.vlan_tunnel': port(flipped('vlan_tunnel')),
  'info_slave_data.isolated': port(flipped('isolated')),
  'info_slave_data.locked': port(flipped('locked')),
};

/** Fields that can't be set with `ip link set`, and why. A field in neither list fails the test. */
export const READ_ONLY: Readonly<Record<string, string>> = {
  ifindex: 'given by the kernel',
  link_index: 'the number of the other end',
  link_netnsid: 'the number of the other end’s namespace',
  link: 'the name of the other end',
  qdisc: 'set with tc, and by the kernel for each kind of link',
  operstate: 'follows carrier',
  link_type: 'follows the kind of link',
  promiscuity: 'how many ask for it; the flag is what is set',
  allmulti: 'how many ask for it; the flag is what is set',
  min_mtu: 'the driver’s',
  max_mtu: 'the driver’s',
  num_tx_queues: 'given when the link is made',
  num_rx_queues: 'given when the link is made',
  tso_max_size: 'the driver’s',
  tso_max_segs: 'the driver’s',
  info_kind: 'what it is',
  info_slave_kind: 'follows its master',
  // Set when a tap is created.
  'info_data.type': 'given when the tap is made',
  'info_data.pi': 'given when the tap is made',
  'info_data.vnet_hdr': 'whoever opens the tap says',
  'info_data.multi_queue': 'whoever opens the tap says',
  'info_data.persist': 'without it the tap goes with its reader',
  'info_data.user': 'given when the tap is made',
  'info_data.group': 'given when the tap is made',
  // Spanning tree's own state.
  'info_data.bridge_id': 'priority and address',
  'info_data.root_id': 'spanning tree’s',
  'info_data.root_port': 'spanning tree’s',
  'info_data.root_path_cost': 'spanning tree’s',
  'info_data.topology_change': 'spanning tree’s',
  'info_data.topology_change_detected': 'spanning tree’s',
  'info_data.hello_timer': 'a timer',
  'info_data.tcn_timer': 'a timer',
  'info_data.topology_change_timer': 'a timer',
  'info_data.gc_timer': 'a timer',
  'info_data.mcast_hash_elasticity': 'fixed since Linux 5.0',
  'info_data.vlan_protocol': 'nothing without VLAN filtering',
  'info_data.vlan_default_pvid': 'nothing without VLAN filtering',
  'info_data.vlan_stats_enabled': 'nothing without VLAN filtering',
  'info_data.vlan_stats_per_port': 'nothing without VLAN filtering',
  'info_slave_data.id': 'given in order of arrival',
  'info_slave_data.no': 'given in order of arrival',
  'info_slave_data.designated_port': 'spanning tree’s',
  'info_slave_data.designated_cost': 'spanning tree’s',
  'info_slave_data.bridge_id': 'spanning tree’s',
  'info_slave_data.root_id': 'spanning tree’s',
  'info_slave_data.hold_timer': 'a timer',
  'info_slave_data.message_age_timer': 'a timer',
  'info_slave_data.forward_delay_timer': 'a timer',
  'info_slave_data.topology_change_ack': 'spanning tree’s',
  'info_slave_data.config_pending': 'spanning tree’s',
  'info_slave_data.group_fwd_mask_str': 'the same in words',
};

/** Fields without a desired value: they are random when the link is created. */
export function byChance(path: string, isTap: boolean): boolean {
  return path === 'address' && isTap;
}

/** Fields of an address, with the command that changes them; the rest is read-only. */
export const ADDRESS_READ_ONLY: Readonly<Record<string, string>> = {
  family: 'part of the address',
  dynamic: 'follows its lifetime',
  secondary: 'follows the order of addresses',
  tentative: 'for a moment',
};

/** Fields of a route that another route in its place does not change. */
export const ROUTE_READ_ONLY: Readonly<Record<string, string>> = {
  dev: 'altered together with the gateway, which it must be able to reach',
  type: 'altered below',
  table: 'altered below',
  dst: 'part of the route’s name',
};
