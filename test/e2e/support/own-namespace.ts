import type { Topology } from '../../../src/topology/types.gen.ts';
import { example } from './topology.ts';

/** The node in the example of a router without a namespace. */
export const NODE = 'node1';

/** Returns that example with every feature of a router. */
export function withoutNamespaces(name: string): Topology {
  const doc = example(name, 'openvswitch-no-namespaces.yaml');
  doc.instances!['web']!.metadata = { user_data: 'hello' };
  doc.floating_ips!['shared'] = {
    floating_network: 'public',
    floating_ip_address: '203.0.113.21',
    port_forwardings: [{ protocol: 'tcp', external_port: 8080, internal_port: 80, instance: 'web' }],
  };
  return doc;
}

/**
 * Sets in advance what such a router sets on its node and does not reset (destroy lists it): forwarding, and NICs that
 * answer only for their own addresses. The tables of iptables are created when they are first listed, and stay.
 */
export const PREPARE = `set -e; echo 1 >/proc/sys/net/ipv4/ip_forward
for nic in eth1 eth2; do echo 1 >/proc/sys/net/ipv4/conf/$nic/arp_ignore; done
for program in iptables ip6tables; do
  for table in mangle raw nat filter; do $program -t $table -N x; $program -t $table -X x; done
done`;

/** A node's own configuration: rules in every table, a route, an address. */
export const SET_UP = `set -e
iptables-restore --noflush <<'X'
*nat
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A POSTROUTING -s 172.17.0.0/16 -j MASQUERADE
COMMIT
*filter
:theirs - [0:0]
-A INPUT -i eth9 -j theirs
-A theirs -m comment --comment "not \\"ours\\"" -j ACCEPT
-A FORWARD -i docker0 -o eth9 -j ACCEPT
COMMIT
*mangle
-A PREROUTING -i eth9 -j MARK --set-xmark 0x7/0xff
COMMIT
X
ip6tables -A INPUT -i eth9 -j ACCEPT
ip link add name wire9 type veth peer name wire8; ip link set dev wire8 up
ip addr add 172.31.0.1/24 dev wire9; ip link set dev wire9 up
ip route add 10.200.0.0/16 via 172.31.0.2`;
