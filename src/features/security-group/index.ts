import { withHostLength } from '../../net/address-text.ts';
import type {
  FilteredPort,
  InstancePort,
  ResolvedNode,
  ResolvedPort,
  ResolvedTopology,
} from '../../resolve/resolved.ts';
import { antiSpoof } from '../../kinds/anti-spoof/spec.ts';
import { ipset, setName } from '../../kinds/ipset/spec.ts';
import { sysctl } from '../../kinds/sysctl/spec.ts';
import type { Family } from '../../model/command.ts';
import type { Contribution } from '../../model/feature.ts';
import type { Resource } from '../../model/resource.ts';
import { backendOf } from '../backends/registry.ts';
import { byNode, MARKER, valuesInRules } from '../existing/rules.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';
import { firewallBooks, exemptFromNatBook } from './firewall.ts';
import { answersRules, portRules, unfilteredRules } from './port.ts';
import { allowedBy } from './rule.ts';
import type { Groups } from './rule.ts';

/**
 * Security groups and port security, as Neutron's iptables firewall driver filters instances: chains of each port in
 * the node's own namespace, which bridged frames pass through br_netfilter, and an ipset for each group that a rule
 * names. The tap's guard drops spoofed MACs, addresses and ARP.
 */
export const securityGroup: NetworkFeature = {
  name: 'security-group',
  *contribute(topology) {
    const ports = [...topology.instances.values()].flatMap((instance) => instance.ports);
    const nodes = new Map<string, InstancePort[]>();
    for (const port of ports) {
      const there = nodes.get(port.node);
      if (there) there.push(port);
      else nodes.set(port.node, [port]);
    }
    for (const [name, there] of nodes) {
      const filtered = there.filter(isFiltered);
      const node = topology.nodes.get(name);
      if (filtered.length > 0 && node) yield* ofNode(topology, node, there, filtered);
    }
  },
  *held({ instances, release }, existing) {
    for (const { ports } of instances.values()) {
      for (const port of ports.filter(isFiltered)) {
        for (const book of firewallBooks(binaryOf(port, release))) {
          const rules = answersRules(book, port, withHostLength(MARKER));
          for (const { node, addresses } of byNode(valuesInRules(rules, MARKER, existing))) {
            yield { node, port: port.id, addresses: addresses.filter((address) => address !== '255.255.255.255') };
          }
        }
      }
    }
  },

  *subjects({ securityGroups }) {
    for (const { name, id, rules, origin } of securityGroups.values()) {
      const own = rules.filter(({ byDefault }) => !byDefault).length;
      const details = own === 1 ? '1 rule' : `${String(own)} rules`;
      yield { origin, type: 'security group', name, details, ids: [id], feels: { delete: '' } };
    }
  },
};

function isFiltered(port: InstancePort): port is FilteredPort {
  return port.security !== undefined;
}

function* ofNode(
  topology: ResolvedTopology,
  node: ResolvedNode,
  ports: readonly InstancePort[],
  filtered: readonly FilteredPort[],
): Generator<Contribution> {
  const groups = topology.securityGroups;
  const [some] = filtered;
  if (some === undefined) return;
  const binary = binaryOf(some, topology.release);
  if (node.manageBridgeNetfilter) yield* bridgeNetfilter(node).map(whole);
  yield* setsOf(node, filtered, groups).map(whole);
  if ([...topology.routers.values()].some((router) => router.node === node.name && router.netns === null)) {
    yield* exemptFromNatBook(binary).skeleton({ node: node.name, netns: null, origin: node.origin });
  }
  const tracked = trackedEntries(filtered);
  for (const book of firewallBooks(binary)) {
    yield* book.skeleton({ node: node.name, netns: null, origin: node.origin });
    const allowed = allowedBy(groups, book.family);
    for (const port of trustedPorts(topology, node.name)) yield* unfilteredRules(book, port, 'trusted');
    for (const port of filtered) {
      const { entry } = backendOf(port).firewall(port);
      yield* portRules(book, port, { entry, tracked: tracked.has(entry) }, allowed);
    }
    for (const port of ports) {
      if (!isFiltered(port) && backendOf(port).isBridged) yield* unfilteredRules(book, port, 'unfiltered');
    }
  }
  for (const port of filtered) yield whole(guardOf(port));
}

/** The prefix of an agent's chains. */
function binaryOf(port: FilteredPort, release: ResolvedTopology['release']): string {
  return `${release === 'grizzly' ? 'quantum' : 'neutron'}-${backendOf(port).firewall(port).agent}`;
}

/** Neutron's agents set these parameters when they start. */
function bridgeNetfilter({ name, origin }: ResolvedNode): readonly Resource[] {
  return (['iptables', 'ip6tables'] as const).map((program) =>
    sysctl({ node: name, netns: null }, `net/bridge/bridge-nf-call-${program}`, '1', origin),
  );
}

/** The entry devices with connection tracking: those with at least one stateful port behind them. */
function trackedEntries(ports: readonly FilteredPort[]): ReadonlySet<string> {
  return new Set(ports.filter(({ security }) => security.stateful).map((port) => backendOf(port).firewall(port).entry));
}

/** An ipset for each group that a rule of one of the ports names. */
function setsOf(node: ResolvedNode, ports: readonly FilteredPort[], groups: Groups): readonly Resource[] {
  const sets = new Map<string, Resource>();
  for (const name of new Set(ports.flatMap(({ security }) => security.groups))) {
    for (const { family, remoteGroup } of groups.get(name)?.rules ?? []) {
      const remote = remoteGroup === undefined ? undefined : groups.get(remoteGroup);
      if (remote === undefined) continue;
      const set = setName(family, remote.id);
      if (sets.has(set)) continue;
      const members = membersOf(remote.members, family);
      sets.set(set, ipset({ node: node.name }, set, { family, members }, remote.origin));
    }
  }
  return [...sets.values()];
}

function membersOf(members: readonly { readonly family: Family; readonly cidr: string }[], family: Family): string[] {
  return members.filter((one) => one.family === family).map(({ cidr }) => cidr);
}

/** Ports of routers and DHCP servers: their traffic is not filtered, in either direction. */
function trustedPorts({ networks, routers }: ResolvedTopology, node: string): readonly ResolvedPort[] {
  const ofRouters = [...routers.values()].flatMap(({ interfaces, gateway }) => [
    ...interfaces,
    ...(gateway === undefined ? [] : [gateway]),
  ]);
  const ofServers = [...networks.values()].flatMap(({ dhcp }) => dhcp ?? []);
  return [...ofRouters, ...ofServers].filter((port) => port.node === node && backendOf(port).isBridged);
}

/** The guard of a port: the addresses and MACs that it may use; over IPv4 only in the allowed combinations. */
function guardOf(port: FilteredPort): Resource {
  const { node, tap: device, security, origin } = port;
  const own = security.pairs.filter(({ family }) => family === 4);
  const macs = [port.mac, ...security.pairs.map(({ mac }) => mac)];
  // A pair with any address allows it with each of the port's MACs.
  const any = own.find(({ cidr }) => cidr.endsWith('/0'))?.cidr;
  const sources = any === undefined ? own : macs.map((mac) => ({ mac, cidr: any }));
  return antiSpoof({ node, device }, { macs, sources }, origin);
}
