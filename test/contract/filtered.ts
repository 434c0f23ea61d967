import { existsSync } from 'node:fs';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { compiled } from '../support/compiled.ts';
import type { TestNode } from '../support/node.ts';

/** Returns the reason why instances can't be filtered on this machine; nothing if they can. */
export function noFilter(): string | undefined {
  if (!existsSync('/proc/sys/net/bridge/bridge-nf-call-iptables')) return 'br_netfilter is not loaded';
  return existsSync('/dev/net/tun') ? undefined : 'there is no /dev/net/tun';
}

/** A rule of a security group, as YAML. */
export const SSH =
  '{ direction: ingress, protocol: tcp, port_range_min: 22, port_range_max: 22, remote_group: default }';

/** The part of its instances' port ids that occurs in the names of chains. */
export const IDS = ['11111111-1', '22222222-2'] as const;

/** Two instances of the group `default`, with an IPv4 address and an IPv6 pair, on a NIC of node1. */
export function filteredText(options: { name?: string; nic?: string; rules?: readonly string[] } = {}): string {
  const { name = 'demo', nic = 'eth0', rules = [SSH] } = options;
  // Device names are made of ids, so two topologies on one node need different ids.
  const id = (digit: string): string =>
    (name === 'demo' ? digit : 'a').repeat(8) + `-${digit.repeat(4)}-4000-8000-${digit.repeat(12)}`;
  return `
name: ${name}
physical_networks: { provider: {} }
nodes:
  node1: { manage_bridge_netfilter: true, nics: { ${nic}: { physical_network: provider } } }
networks:
  lan:
    physical_network: provider
    subnets:
      lan4: { cidr: 10.0.0.0/24, enable_dhcp: false }
security_groups:
  default: { id: cccccccc-0000-4000-8000-000000000000, rules: [${rules.join(', ')}] }
instances:
  one: { node: node1, attach: tap, ports: { eth0: { id: ${id('1')}, network: lan, fixed_ip_address: 10.0.0.5, allowed_address_pairs: [{ ip_address: 'fd00:7::5' }] } } }
  two: { node: node1, attach: tap, ports: { eth0: { id: ${id('2')}, network: lan, fixed_ip_address: 10.0.0.6, allowed_address_pairs: [{ ip_address: 'fd00:7::6' }] } } }
`;
}

export function filteredGraph(options: Parameters<typeof filteredText>[0] = {}): DesiredGraph {
  return compiled(filteredText(options)).graph;
}

/**
 * All that filters instances on a node, as the tools print it: user-defined chains and the rules in their order, sets,
 * tables of nft, links. Without counters, random numbers, and the order in which sets and chains were created.
 */
export async function filterOf(node: TestNode): Promise<readonly string[]> {
  const rules: string[] = [];
  for (const program of ['iptables', 'ip6tables']) {
    let table = '';
    for (const line of (await node.sh(`${program}-save`)).split('\n')) {
      if (line.startsWith('*')) table = line.slice(1);
      const isWord = line.startsWith('-A ') || / - \[\d+:\d+\]$/.test(line);
      if (isWord) rules.push(`${program} ${table} ${line.replace(/ \[\d+:\d+\]$/, '')}`);
    }
  }
  const sets = (await node.sh('ipset save'))
    .replace(/ initval \S+/g, '')
    .split('\n')
    .sort();
  const objects = (await node.sh('nft list ruleset bridge')).split(/\n(?:\n|\}\n)/).sort();
  const links = (await node.sh("ip -br link | awk '{ print $1, $2 }'")).split('\n');
  return [...rules, ...sets, ...objects.flatMap((one) => one.split('\n')), ...links];
}
