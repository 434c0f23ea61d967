import type { DesiredGraph } from '../../../src/model/graph.ts';
import { compiled } from '../../support/compiled.ts';
import { testedMechanism } from '../../support/mechanism.ts';

/** The topology's name, as it is in marks. */
export const NAME = 'wiped';

/**
 * Everything that netloom can create on a node: filtered instances of two kinds with a remote group, a router, a DHCP
 * server, metadata, a floating IP, an address on a NIC.
 */
export function wipedGraph(): DesiredGraph {
  return compiled(`
name: ${NAME}
physical_networks: { provider: {}, external: {} }
nodes:
  node1:
    mechanism: ${testedMechanism()}
    reach: { via: lab }
    manage_bridge_netfilter: true
    nics:
      eth0: { physical_network: provider, addresses: [192.168.128.5/24] }
      eth1: { physical_network: external }
networks:
  lan:
    physical_network: provider
    dhcp: { node: node1 }
    subnets: { lan4: { cidr: 10.0.0.0/24 } }
  public:
    physical_network: external
    external: true
    subnets: { public4: { cidr: 203.0.113.0/24, enable_dhcp: false } }
routers:
  r1:
    node: node1
    external_gateway: { network: public, fixed_ip_address: 203.0.113.10 }
    interfaces: { lan4: {} }
    routes: [{ destination: 172.16.0.0/16, nexthop: 10.0.0.77 }]
security_groups:
  web:
    rules:
      - { direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80 }
      - { direction: ingress, protocol: tcp, port_range_min: 22, port_range_max: 22, remote_group: web }
instances:
  guest:
    node: node1
    metadata: { user_data: "#!/bin/sh" }
    ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.5, security_groups: [web] } }
  machine:
    node: node1
    attach: tap
    ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.6, security_groups: [web] } }
floating_ips:
  f1: { floating_network: public, floating_ip_address: 203.0.113.20, instance: guest }
`).graph;
}
