import type { Diagnostic } from '../../model/diagnostic.ts';
import { dhcpNodeOf, hasDhcp, isPresent, isVlan, mechanismOf, nicOn, rolesOf } from '../defaults.ts';
import { show } from '../show.ts';
import type { Role } from '../types.gen.ts';
import type { CheckContext } from './context.ts';
import { attachments } from './facts/attachments.ts';

/** The most ports of a Linux bridge: BR_MAX_PORTS is 1024, and number 0 is not used. */
const MOST_BRIDGE_PORTS = 1023;

/** Checks that each node can run and connect what is placed on it. */
export function checkPlacement(t: CheckContext): Diagnostic[] {
  return [...checkNodes(t), ...checkDhcp(t), ...checkNics(t), ...checkBridges(t)];
}

/** A named node must be present and have the role. */
function checkNodes(t: CheckContext): Diagnostic[] {
  const { doc } = t;
  const placed: { what: string; node: string; role: Role; path: readonly string[] }[] = [];
  for (const [name, { dhcp }] of Object.entries(doc.networks ?? {})) {
    if (dhcp?.node === undefined) continue;
    const path = ['networks', name, 'dhcp', 'node'];
    placed.push({ what: `the DHCP server of ${name}`, node: dhcp.node, role: 'network', path });
  }
  for (const [name, { node }] of Object.entries(doc.routers ?? {})) {
    placed.push({ what: `router ${name}`, node, role: 'network', path: ['routers', name, 'node'] });
  }
  for (const [name, { node }] of Object.entries(doc.instances ?? {})) {
    placed.push({ what: `instance ${name}`, node, role: 'compute', path: ['instances', name, 'node'] });
  }
  return placed.flatMap(({ what, node: name, role, path }) => {
    const node = doc.nodes?.[name];
    if (node === undefined) return [];
    if (!isPresent(node)) {
      const related = [{ message: 'declared absent here', at: { path: ['nodes', name, 'state'] } }];
      return [t.report('NL304', { path }, `${what} is placed on ${show(name)}, which is absent`, { related })];
    }
    if (rolesOf(node).includes(role)) return [];
    const related = [{ message: 'its roles', at: { path: ['nodes', name, 'roles'] } }];
    const hint = `add ${role} to its roles, or name another node`;
    return [
      t.report('NL305', { path }, `${what} needs a node with role ${role}; ${show(name)} lacks it`, { related, hint }),
    ];
  });
}

function checkDhcp(t: CheckContext): Diagnostic[] {
  return Object.entries(t.doc.networks ?? {}).flatMap(([name, network]) => {
    if (!hasDhcp(network)) {
      if (network.dhcp === undefined) return [];
      const summary = `no subnet of ${show(name)} enables DHCP, so its DHCP port is not created`;
      return [t.report('NL316', { path: ['networks', name, 'dhcp'], part: 'key' }, summary, { severity: 'warning' })];
    }
    if (dhcpNodeOf(t.doc, network) !== undefined || !t.whole('nodes')) return [];
    const summary = `no node can run the DHCP server of ${show(name)}`;
    const openvswitch = isVlan(network) ? ', mechanism openvswitch' : '';
    const needed = `role network${openvswitch} and a NIC on ${network.physical_network}`;
    const hint = `add a node with ${needed}; or set enable_dhcp: false`;
    return [t.report('NL306', { path: ['networks', name], part: 'key' }, summary, { hint })];
  });
}

/** A port's node needs a NIC on the physical network of the port's network. */
function checkNics(t: CheckContext): Diagnostic[] {
  return attachments(t.doc).flatMap(({ what, node: nodeName, network: networkName, at }) => {
    const node = t.doc.nodes?.[nodeName];
    const network = t.doc.networks?.[networkName];
    if (node === undefined || network === undefined || nicOn(node, network.physical_network) !== undefined) return [];
    const wire = network.physical_network;
    const summary = `${what} needs physical network ${show(wire)}, but node ${show(nodeName)} has no NIC on it`;
    const related = [
      { message: 'the node', at: { path: ['nodes', nodeName], part: 'key' as const } },
      { message: 'the network', at: { path: ['networks', networkName, 'physical_network'] } },
    ];
    return [t.report('NL301', at, summary, { related, hint: `give ${nodeName} a NIC with physical_network: ${wire}` })];
  });
}

/** With Linux bridges, all ports of a network on a node are in one bridge with the NIC; Open vSwitch has no limit. */
function checkBridges(t: CheckContext): Diagnostic[] {
  const bridges = new Map<string, { node: string; network: string; ports: number }>();
  for (const { node, network } of attachments(t.doc)) {
    if (mechanismOf(t.doc.nodes?.[node]) === 'openvswitch') continue;
    const key = `${node}\n${network}`;
    const bridge = bridges.get(key) ?? { node, network, ports: 1 };
    bridge.ports++;
    bridges.set(key, bridge);
  }
  return [...bridges.values()]
    .filter(({ ports }) => ports > MOST_BRIDGE_PORTS)
    .map(({ node, network, ports }) => {
      const summary = `the bridge of ${show(network)} on ${show(node)} would have ${String(ports)} ports`;
      const hint = `a Linux bridge has ${String(MOST_BRIDGE_PORTS)} ports at most; spread them over more nodes`;
      return t.report('NL309', { path: ['networks', network], part: 'key' }, summary, { hint });
    });
}
