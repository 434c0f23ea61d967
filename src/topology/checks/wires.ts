import type { Diagnostic } from '../../model/diagnostic.ts';
import { isPresent, isVlan, nicOn, reachOf } from '../defaults.ts';
import { show } from '../show.ts';
import type { Node } from '../types.gen.ts';
import type { At, CheckContext } from './context.ts';
import { attachments } from './facts/attachments.ts';

/** Checks the NICs, networks and MTUs of physical networks, and that no two nodes are the same machine. */
export function checkWires(t: CheckContext): Diagnostic[] {
  return [...checkNicsPerWire(t), ...checkNetworksPerWire(t), ...checkMtus(t), ...checkMachines(t)];
}

function checkNicsPerWire(t: CheckContext): Diagnostic[] {
  return Object.entries(t.doc.nodes ?? {}).flatMap(([name, node]) => {
    const first = new Map<string, string>();
    return Object.entries(node.nics ?? {}).flatMap(([device, { physical_network: wire }]) => {
      const path = (nic: string): At => ({ path: ['nodes', name, 'nics', nic, 'physical_network'] });
      const other = first.get(wire);
      if (other === undefined) {
        first.set(wire, device);
        return [];
      }
      const summary = `${show(other)} and ${show(device)} of node ${show(name)} are both on ${show(wire)}`;
      const related = [{ message: 'the other NIC', at: path(other) }];
      return [t.report('NL302', path(device), summary, { related, hint: 'a node has one NIC per physical network' })];
    });
  });
}

function checkNetworksPerWire(t: CheckContext): Diagnostic[] {
  const first = new Map<string, string>();
  return Object.entries(t.doc.networks ?? {}).flatMap(([name, network]) => {
    if (isVlan(network)) return [];
    const { physical_network: wire } = network;
    const path = (of: string): At => ({ path: ['networks', of, 'physical_network'] });
    const other = first.get(wire);
    if (other === undefined) {
      first.set(wire, name);
      return [];
    }
    const summary = `physical network ${show(wire)} already carries the flat network ${show(other)}`;
    const related = [{ message: 'the other network', at: path(other) }];
    return [
      t.report('NL303', path(name), summary, {
        related,
        hint: 'a physical network carries one flat network; others are of type vlan',
      }),
    ];
  });
}

function checkMtus(t: CheckContext): Diagnostic[] {
  const nodes = new Map<string, Set<string>>();
  for (const { node, network } of attachments(t.doc)) nodes.set(network, (nodes.get(network) ?? new Set()).add(node));
  return Object.entries(t.doc.networks ?? {}).flatMap(([name, network]) => {
    const { mtu, physical_network: wire } = network;
    if (mtu === undefined) return [];
    const at: At = { path: ['networks', name, 'mtu'] };
    const carriers = [
      {
        what: `physical network ${show(wire)}`,
        mtu: t.doc.physical_networks?.[wire]?.mtu,
        path: ['physical_networks', wire],
      },
      ...[...(nodes.get(name) ?? [])].flatMap((nodeName) => {
        const node = t.doc.nodes?.[nodeName];
        const found = node === undefined ? undefined : nicOn(node, wire);
        if (found === undefined) return [];
        const path = ['nodes', nodeName, 'nics', found.device];
        return [{ what: `${show(found.device)} of node ${show(nodeName)}`, mtu: found.nic.mtu, path }];
      }),
    ];
    return carriers.flatMap((carrier) => {
      if (carrier.mtu === undefined || carrier.mtu >= mtu) return [];
      const summary = `MTU ${String(mtu)} is more than ${carrier.what} carries (${String(carrier.mtu)})`;
      return [
        t.report('NL310', at, summary, { related: [{ message: 'its MTU', at: { path: [...carrier.path, 'mtu'] } }] }),
      ];
    });
  });
}

/** Two nodes on one machine would delete each other's objects. */
function checkMachines(t: CheckContext): Diagnostic[] {
  const first = new Map<string, string>();
  return Object.entries(t.doc.nodes ?? {}).flatMap(([name, node]) => {
    const machine = machineOf(node);
    if (machine === undefined) return [];
    const reachOfNode = (node: string): At => ({ path: ['nodes', node, 'reach'] });
    const other = first.get(machine.key);
    if (other === undefined) {
      first.set(machine.key, name);
      return [];
    }
    const summary = `nodes ${show(other)} and ${show(name)} are both ${machine.what}`;
    const related = [{ message: 'the other node', at: reachOfNode(other) }];
    return [t.report('NL317', reachOfNode(name), summary, { related, hint: 'set `reach:` on each of them' })];
  });
}

function machineOf(node: Node): { key: string; what: string } | undefined {
  if (!isPresent(node)) return undefined;
  const reach = reachOf(node);
  if (reach.via === 'local') return { key: 'local', what: 'the machine netloom runs on' };
  if (reach.via === 'lab') return undefined;
  return { key: `ssh ${reach.host} ${String(reach.port)}`, what: `reached by SSH as ${show(reach.host)}` };
}
