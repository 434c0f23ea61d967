/** All kinds of addresses and routes that a system may have on its NIC. */
export const NIC_STATE = `
  ip addr add 192.168.1.10/24 brd + dev eth0
  ip addr add 192.168.1.11/24 dev eth0
  ip addr add 192.168.1.9/24 brd + dev eth0 label eth0:web
  ip addr add 10.1.0.1/16 dev eth0 metric 77
  ip addr add 10.2.0.1/24 dev eth0 noprefixroute
  ip addr add 10.3.0.1 peer 10.3.0.2/32 dev eth0
  ip addr add 10.4.0.1/32 scope link dev eth0
  ip addr add 10.5.0.1/24 valid_lft 5000 preferred_lft 4000 dev eth0
  ip addr add 2001:db8:1::1/64 nodad dev eth0
  ip addr add 2001:db8:2::1/64 nodad noprefixroute dev eth0
  ip route add default via 192.168.1.1 dev eth0 proto static
  ip route add default via 192.168.1.2 dev eth0 metric 200
  ip route add default via 10.1.0.254 dev eth0 proto dhcp src 10.1.0.1 metric 300
  ip route add 172.16.0.0/12 via 192.168.1.3 dev eth0 metric 1
  ip route add 172.16.0.0/12 via 192.168.1.4 dev eth0 metric 2 mtu 1400 advmss 1300
  ip route append 172.16.0.0/12 via 192.168.1.5 dev eth0 metric 2
  ip route add 172.20.0.0/16 via 198.51.100.1 dev eth0 onlink
  ip route add 172.21.0.0/16 dev eth0 scope link src 10.1.0.1
  ip route add 172.22.0.0/16 tos 0x10 via 192.168.1.6 dev eth0
  ip route add 172.23.0.0/16 nexthop via 192.168.1.7 dev eth0 weight 3 nexthop via 192.168.1.8 dev eth0
  ip route add 172.24.0.0/16 nexthop via 192.168.1.7 dev eth0 nexthop via 192.0.2.9 dev eth0 onlink
  ip route add 10.99.0.0/16 via 192.168.1.1 dev eth0 table 100
  ip route add default via 192.168.1.1 dev eth0 table 200
  ip -6 route add default via 2001:db8:1::ffff dev eth0 proto static
  ip -6 route add 2001:db8:9::/48 via 2001:db8:1::2 dev eth0 metric 7
  ip -6 route add 2001:db8:a::/48 via fe80::9 dev eth0 table 100
  ip -6 route add 2001:db8:b::/48 nexthop via 2001:db8:1::3 dev eth0 nexthop via 2001:db8:1::4 dev eth0 weight 2
`;

/** Sets lifetimes, which count down, to 0. */
export function withoutLifetimes(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/"(valid|preferred)_life_time":\d+/g, '"$1_life_time":0'));
}
