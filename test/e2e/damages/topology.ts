import type { Topology } from '../../../src/topology/types.gen.ts';
import { docOf } from '../support/topology.ts';

/** Returns the network that is damaged: a router, DHCP, metadata, filtered guests on two nodes, two floating IPs. */
export function damagedTopology(): Topology {
  return docOf(`
name: e2e-damages
dns_domain: example.net
physical_networks: { tenants: {}, uplink: {} }
nodes:
  node1:
    reach: { via: lab }
    nics: { eth0: { physical_network: uplink }, eth1: { physical_network: tenants } }
  node2:
    reach: { via: lab }
    nics: { eth1: { physical_network: tenants } }
networks:
  inner:
    physical_network: tenants
    dhcp: { node: node1 }
    subnets: { inner-v4: { cidr: 10.20.0.0/24 } }
  outer:
    physical_network: uplink
    external: true
    subnets: { outer-v4: { cidr: 198.51.100.0/24, enable_dhcp: false } }
routers:
  gw:
    node: node1
    external_gateway: { network: outer, fixed_ip_address: 198.51.100.10 }
    interfaces: { inner-v4: {} }
security_groups:
  site:
    rules:
      - { direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80 }
      - { direction: ingress, protocol: icmp }
  store:
    default_rules: false
    rules:
      - { direction: ingress, protocol: tcp, port_range_min: 5432, port_range_max: 5432, remote_group: site }
instances:
  www:
    node: node1
    listen: [22, 80]
    ports: { eth0: { network: inner, fixed_ip_address: 10.20.0.11, security_groups: [site], dns_name: www } }
    metadata: { hostname: www.example.net }
  sql:
    node: node2
    listen: [22, 5432]
    ports: { eth0: { network: inner, fixed_ip_address: 10.20.0.12, security_groups: [store] } }
  far:
    node: node2
    listen: [22]
    ports: { eth0: { network: inner, fixed_ip_address: 10.20.0.13 } }
    metadata: {}
  near:
    node: node1
    listen: [22]
    ports: { eth0: { network: inner, fixed_ip_address: 10.20.0.14 } }
floating_ips:
  www-outside: { floating_network: outer, floating_ip_address: 198.51.100.20, instance: www }
  many:
    floating_network: outer
    floating_ip_address: 198.51.100.21
    port_forwardings: [{ protocol: tcp, external_port: 8080, internal_port: 80, instance: www }]
hosts:
  peer: { listen: [443], nics: { eth0: { physical_network: uplink, addresses: [198.51.100.1/24] } } }
expect:
  - { from: peer, to: 198.51.100.20, protocol: tcp, port: 80 }
  - { from: peer, to: 198.51.100.20, protocol: ping }
  - { from: peer, to: 198.51.100.21, protocol: tcp, port: 8080 }
  - { from: peer, to: 198.51.100.20, protocol: tcp, port: 22, succeeds: false }
  - { from: www, to: sql, protocol: tcp, port: 5432 }
  - { from: far, to: sql, protocol: tcp, port: 5432, succeeds: false }
  - { from: far, to: www, protocol: tcp, port: 80 }
  - { from: far, to: near, protocol: tcp, port: 22 }
  - { from: near, to: far, protocol: tcp, port: 22 }
  - { from: far, to: peer, protocol: tcp, port: 443, seen_as: 198.51.100.10 }
  - { from: www, to: peer, protocol: tcp, port: 443, seen_as: 198.51.100.20 }
  - { from: www, to: 169.254.169.254, protocol: tcp, port: 80 }
  - { from: far, to: www, protocol: dns, name: www.example.net }
`);
}
