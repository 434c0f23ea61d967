import { OURS } from './reads.ts';

/** A change of what a node has, made by a script that runs with the programs `i`, `t4`, `t6` and `n` inside OURS. */
export interface NodeChange {
  readonly name: string;
  readonly script: string;
  /** The host may lack it. */
  readonly optional?: boolean;
}

const inside = (...scripts: readonly string[]): readonly NodeChange[] =>
  scripts.map((script) => ({ name: script, script }));
const optional = (...scripts: readonly string[]): readonly NodeChange[] =>
  scripts.map((script) => ({ name: script, script, optional: true }));

/** What the scripts may call. */
export const WORDS = `
i() { ip -n ${OURS} "$@"; }
n() { ip netns exec ${OURS} nft "$@"; }
t4() { ip netns exec ${OURS} iptables "$@"; }
t6() { ip netns exec ${OURS} ip6tables "$@"; }
in_ns() { ip netns exec ${OURS} "$@"; }
`;

/** A namespace with a bridge, a port of it, and a veth whose other end is in the node's own namespace. */
export const BEFORE = `
mkdir -p /run/netloom/demo
ip netns add ${OURS}; ip netns add theirs
# An address would change by itself when its detection of duplicates ends.
for n in ${OURS} theirs; do ip netns exec $n sysctl -qw net.ipv6.conf.default.accept_dad=0; done
sysctl -qw net.ipv6.conf.default.accept_dad=0
i link set dev lo up alias netloom:demo
i link add name br type bridge; i link set dev br up
i link add name port type veth peer name far; i link set dev far up; i link set dev port master br up
ip link add name tap type veth peer name qr netns ${OURS}; ip link set dev tap up; i link set dev qr up
i addr add 10.0.0.1/24 dev qr
t4 -A FORWARD -j ACCEPT; t6 -A FORWARD -j ACCEPT
`;

const LINKS = inside(
  ...['mtu 1400', 'txqueuelen 7', 'alias one', 'alias two', 'group 7', 'address 02:00:00:00:00:07'].map(
    (words) => `i link set dev qr ${words}`,
  ),
  ...['promisc on', 'allmulticast on', 'arp off', 'arp on', 'multicast off', 'down', 'up'].map(
    (words) => `i link set dev qr ${words}`,
  ),
  'i link set dev qr gso_max_size 32768',
  'i link property add dev qr altname other',
  'i link property del dev qr altname other',
  'ip link set dev tap down',
  'ip link set dev tap up',
  'i link set dev port nomaster',
  'i link set dev port master br',
  'i link set dev port down; i link set dev port name third; i link set dev third up',
  'i link set dev third down; i link set dev third name port; i link set dev port up',
  ...[
    'stp_state 1',
    'forward_delay 400',
    'hello_time 300',
    'max_age 700',
    'ageing_time 5000',
    'priority 9',
    'group_fwd_mask 8',
    'mcast_snooping 0',
    'mcast_querier 1',
    'nf_call_iptables 1',
    'no_linklocal_learn 1',
    'stp_state 0',
  ].map((words) => `i link set dev br type bridge ${words}`),
  ...[
    'cost 9',
    'priority 3',
    'hairpin on',
    'guard on',
    'root_block on',
    'fastleave on',
    'learning off',
    'flood off',
    'mcast_flood off',
    'isolated on',
    'neigh_suppress on',
    'proxy_arp on',
    'vlan_tunnel on',
    'group_fwd_mask 16',
  ].map((words) => `i link set dev port type bridge_slave ${words}`),
  'i link set dev port type bridge_slave mcast_router 2',
  'i link add name more type veth peer name less',
  'i link set dev less netns theirs',
  'i link del dev more',
  'ip link set dev tap netns theirs',
  'ip -n theirs link set dev tap netns 1; ip link set dev tap up',
);

const OTHER_LINKS = optional(
  'i link set dev br type bridge vlan_filtering 1',
  'i link add link qr name upper type macvlan mode bridge',
  'i link set dev upper type macvlan mode private',
  'i link del dev upper',
  'i link add link qr name upper type vlan id 8',
  'i link set dev upper type vlan reorder_hdr off',
  'i link del dev upper; i link add link port name upper type vlan id 8',
  'i link del dev upper',
  ...[
    'gre local 10.0.0.1 remote 10.0.0.2',
    'vxlan id 7 dstport 4789 local 10.0.0.1',
    'vrf table 70',
    'bond mode 1',
    'ifb',
    'sit local 10.0.0.1',
  ].map((words) => `i link add name other0 type ${words}`),
  'i link del dev other0',
  'i tuntap add dev tun0 mode tap',
  'i link del dev tun0',
);

const L3 = inside(
  'i addr add 10.0.0.2/24 dev qr',
  'i addr add 10.1.0.1/24 brd + dev qr label qr:1',
  'i addr add 10.1.0.2/24 metric 7 noprefixroute dev qr',
  'i addr change 10.1.0.1/24 dev qr label qr:1 preferred_lft 0',
  'i addr change 10.1.0.1/24 dev qr label qr:1 preferred_lft 500 valid_lft 1000',
  'i addr change 10.1.0.1/24 dev qr label qr:1 preferred_lft forever valid_lft forever',
  'i addr del 10.1.0.2/24 dev qr; i addr add 10.1.0.2/24 dev qr',
  'i -6 addr add 2001:db8::1/64 dev qr nodad',
  'i -6 addr change 2001:db8::1/64 dev qr preferred_lft 0',
  'i -6 addr del 2001:db8::1/64 dev qr',
  'i -6 addr add 2001:db8::2/64 dev qr nodad',
  'ip addr add 192.168.77.1/24 dev tap',
  'i route add 10.9.0.0/24 via 10.0.0.9',
  'i route replace 10.9.0.0/24 via 10.0.0.8',
  'i route add 10.9.0.0/24 via 10.0.0.7 metric 5 table 100',
  'i route add default via 10.0.0.9 proto static table 777',
  'i route add blackhole 10.10.0.0/16',
  'i route add 10.11.0.0/16 nexthop via 10.0.0.5 weight 2 nexthop via 10.0.0.6',
  'i route add 10.12.0.0/16 via 10.0.0.5 mtu lock 1300 src 10.0.0.2',
  'i route add 10.13.0.0/16 via 10.77.0.1 dev qr onlink',
  'i nexthop add id 7 via 10.0.0.3 dev qr; i route add 10.14.0.0/16 nhid 7',
  'i nexthop replace id 7 via 10.0.0.4 dev qr',
  'i -6 route add 2001:db8:9::/48 via 2001:db8::9 dev qr',
  'i -6 route change 2001:db8:9::/48 via 2001:db8::8 dev qr pref high || i -6 route add 2001:db8:8::/48 dev qr',
  'i -6 route add 2001:db8:7::/48 dev qr expires 600',
  'i -6 route del 2001:db8:7::/48',
  'i route del 10.9.0.0/24 table 100 metric 5',
  'i route flush table 777',
  'in_ns sysctl -qw net.ipv6.conf.qr.disable_ipv6=1',
  'in_ns sysctl -qw net.ipv6.conf.qr.disable_ipv6=0',
);

const RULES = inside(
  't4 -A FORWARD -i qr -j DROP',
  't4 -R FORWARD 2 -o qr -j DROP',
  't4 -N neutron-one; t4 -A FORWARD -j neutron-one',
  't4 -A neutron-one -m comment --comment "two words" -j RETURN',
  't4 -P FORWARD DROP',
  't4 -P FORWARD ACCEPT',
  't4 -D FORWARD -j neutron-one; t4 -F neutron-one; t4 -X neutron-one',
  't4 -t nat -A POSTROUTING -o qr -j MASQUERADE',
  't4 -t mangle -A PREROUTING -j MARK --set-mark 7',
  't4 -t nat -F',
  't6 -A INPUT -s 2001:db8::/32 -j DROP',
  't6 -t raw -A PREROUTING -j NOTRACK',
  't6 -F INPUT',
);

const NFT = optional(
  // A table without a hook is in no output.
  'n "add table ip6 theirs { chain one { type filter hook forward priority 0; }; }"',
  'n "add rule ip6 theirs one drop"',
  'n "add table inet more { chain one { type filter hook forward priority 0; policy drop; }; }"',
  'n "add table inet more { flags dormant; }"',
  'n delete table ip6 theirs',
  'n "add rule ip filter FORWARD ip saddr 10.7.0.0/16 drop"',
  'n flush table ip filter',
  'n flush ruleset',
  't4 -A FORWARD -j ACCEPT',
);

const NAMESPACES = inside(
  'ip netns del theirs',
  'ip netns add theirs',
  'ip -n theirs link set dev lo up',
  // The same names with other namespaces behind them.
  'ip netns add a; ip netns add b; ip -n a link set dev lo up',
  `mount --bind /run/netns/a /run/a; umount /run/netns/a; mount --bind /run/netns/b /run/netns/a
  umount /run/netns/b; mount --bind /run/a /run/netns/b; umount /run/a`.replace('mount', 'touch /run/a; mount'),
  'ip netns del a; ip netns del b',
  `ip netns del ${OURS}; while [ -e /sys/class/net/tap ]; do sleep 0.01; done; ip netns add ${OURS}`,
  'i link set dev lo alias netloom:demo',
);

/** Everything that can change in a namespace, in an order in which each is possible. */
export const CHANGES: readonly NodeChange[] = [...LINKS, ...OTHER_LINKS, ...L3, ...RULES, ...NFT, ...NAMESPACES];
