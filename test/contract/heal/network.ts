import type { DesiredGraph } from '../../../src/model/graph.ts';
import { testedMechanism } from '../../support/mechanism.ts';
import { compiled } from '../../support/compiled.ts';
import type { TestNode } from '../../support/node.ts';

/**
 * A router with floating IPs, port forwardings, a metadata proxy and extra routes, a DHCP server, guests of the lab,
 * and a tap if the machine supports one.
 */
export function healTopology(options: { readonly tun: boolean; readonly release: string }): string {
  return `
name: demo
release: ${options.release}
physical_networks: { provider: {}, external: {} }
nodes:
  node1:
    mechanism: ${testedMechanism()}
    reach: { via: lab }
    nics:
      eth0: { physical_network: provider, addresses: [192.168.128.5/24] }
      eth1: { physical_network: external, mtu: 1500 }
networks:
  lan:
    physical_network: provider
    port_security_enabled: false
    subnets:
      lan-subnet: { cidr: 10.0.0.0/24, dns_nameservers: [8.8.8.8] }
  public:
    physical_network: external
    external: true
    subnets:
      public-subnet: { cidr: 203.0.113.0/24, enable_dhcp: false }
routers:
  r1:
    node: node1
    external_gateway: { network: public, fixed_ip_address: 203.0.113.10, enable_snat: true }
    interfaces: { lan-subnet: {} }
    routes: [{ destination: 172.16.0.0/16, nexthop: 10.0.0.77 }]
instances:
  guest:
    node: node1
    metadata: { public_keys: { mine: ssh-ed25519 AAAA me@here }, user_data: "#!/bin/sh" }
    ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.5 } }
  other:
    node: node1
    ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.9 } }
${options.tun ? '  machine:\n    node: node1\n    attach: tap\n    ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.6 } }' : ''}
floating_ips:
  f1: { floating_network: public, floating_ip_address: 203.0.113.20, instance: guest }
  f2: { floating_network: public, floating_ip_address: 203.0.113.21, instance: other }
  f3:
    floating_network: public
    floating_ip_address: 203.0.113.22
    port_forwardings:
      - { protocol: tcp, external_port: 2222, internal_port: 22, instance: guest }
      - { protocol: udp, external_port_range: 5000:5010, internal_port_range: 6000:6010, instance: other }
`;
}

/** Creates what the graph requires: its NICs, and the namespaces of its guests. */
export async function prepare(node: TestNode, graph: DesiredGraph): Promise<void> {
  await node.nic('eth0', 'fa:16:3e:aa:00:01');
  await node.nic('eth1', 'fa:16:3e:aa:00:02');
  const guests = [...graph.resources.values()].map(({ netns }) => netns).filter((netns) => netns?.startsWith('/'));
  for (const path of new Set(guests)) await node.guest(path ?? '');
}

export async function healGraph(node: TestNode): Promise<DesiredGraph> {
  const tun = (await node.try(': <>/dev/net/tun')).code === 0;
  return compiled(healTopology({ tun, release: 'zed' })).graph;
}
