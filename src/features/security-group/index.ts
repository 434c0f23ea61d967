import { withHostLength } from '../../net/address-text.ts';
import type {
  FilteredPort,
  InstancePort,
  ResolvedNode,
  ResolvedPort,
  ResolvedTopology,
} from '../../resolve/resolved.ts';
import { antiSpoof } from '../../kinds/anti-spoof/spec.ts';
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
import { allowedBy, type Allowed } from './rule.ts';
import { GroupSets } from './sets.ts';

/**
 * Security groups and port security, as Neutron's iptables firewall driver filters instances: chains of each port in
 * the node's own namespace, which bridged frames pass through br_netfilter, and an ipset for each group that a rule
 * names. The tap's guard drops spoofed MACs, addresses and ARP.
 */
export const securityGroup: NetworkFeature = {
  name: 'security-group',
  *contribute(topology) {
    const shared = sharedByNodes(topology);
    for (const [name, ports] of byNodeOf(portsOfInstances(topology))) {
      const filtered = ports.filter(isFiltered);
      const node = topology.nodes.get(name);
      if (filtered.length > 0 && node) yield* ofNode(shared, node, ports, filtered);
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

/** What the filters of all nodes have in common, computed once. */
interface Shared {
  readonly release: ResolvedTopology['release'];
  readonly sets: GroupSets;
  /** The rules of each group. */
  readonly allowed: Readonly<Record<Family, ReadonlyMap<string, Allowed>>>;
  /** Ports of routers and DHCP servers, by node: their traffic is not filtered, in either direction. */
  readonly trusted: ReadonlyMap<string, readonly ResolvedPort[]>;
  /** The nodes with a router in their own namespace. */
  readonly routing: ReadonlySet<string>;
}

function sharedByNodes({ release, securityGroups: groups, networks, routers }: ResolvedTopology): Shared {
  const ofRouters = [...routers.values()].flatMap(({ interfaces, gateway }) => [
    ...interfaces,
    ...(gateway === undefined ? [] : [gateway]),
  ]);
  const ofServers = [...networks.values()].flatMap(({ dhcp }) => dhcp ?? []);
  return {
    release,
    sets: new GroupSets(groups),
    allowed: { 4: allowedBy(groups, 4), 6: allowedBy(groups, 6) },
    trusted: byNodeOf([...ofRouters, ...ofServers].filter((port) => backendOf(port).isBridged)),
    routing: new Set([...routers.values()].flatMap(({ node, netns }) => (netns === null ? [node] : []))),
  };
}

function portsOfInstances({ instances }: ResolvedTopology): readonly InstancePort[] {
  return [...instances.values()].flatMap(({ ports }) => ports);
}

function byNodeOf<Port extends ResolvedPort>(ports: readonly Port[]): ReadonlyMap<string, readonly Port[]> {
  const nodes = new Map<string, Port[]>();
  for (const port of ports) {
    const there = nodes.get(port.node);
    if (there) there.push(port);
    else nodes.set(port.node, [port]);
  }
  return nodes;
}

function* ofNode(
  { release, sets, allowed, trusted, routing }: Shared,
  node: ResolvedNode,
  ports: readonly InstancePort[],
  filtered: readonly FilteredPort[],
): Generator<Contribution> {
  const [some] = filtered;
  if (some === undefined) return;
  const binary = binaryOf(some, release);
  if (node.manageBridgeNetfilter) yield* bridgeNetfilter(node).map(whole);
  yield* sets.on(node.name, filtered).map(whole);
  if (routing.has(node.name)) {
    yield* exemptFromNatBook(binary).skeleton({ node: node.name, netns: null, origin: node.origin });
  }
  const tracked = trackedEntries(filtered);
  for (const book of firewallBooks(binary)) {
    yield* book.skeleton({ node: node.name, netns: null, origin: node.origin });
    for (const port of trusted.get(node.name) ?? []) yield* unfilteredRules(book, port, 'trusted');
    for (const port of filtered) {
      const { entry } = backendOf(port).firewall(port);
      yield* portRules(book, port, { entry, tracked: tracked.has(entry) }, allowed[book.family]);
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
