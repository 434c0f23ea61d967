import type { Diagnostic } from '../../model/diagnostic.ts';
import { isVlan, mechanismOf } from '../defaults.ts';
import { show } from '../show.ts';
import type { At, CheckContext } from './context.ts';
import { attachments } from './facts/attachments.ts';
import { physicalBridges } from './facts/physical-bridges.ts';
import type { PhysicalBridge } from './facts/physical-bridges.ts';

/** Names that Open vSwitch uses: Neutron's integration bridge, and the devices of the datapaths. */
const RESERVED_NAMES = new Set(['br-int', 'ovs-netdev', 'ovs-system']);

const DEVICE_NAME_LENGTH = 15;

/** Checks the networks of each mechanism, and Open vSwitch's bridges for physical networks. */
export function checkMechanisms(t: CheckContext): Diagnostic[] {
  return [...checkVlans(t), ...checkCarriers(t), ...checkMappings(t), ...checkBridgeNames(t), ...checkSharing(t)];
}

/** A network has a tag exactly if it is of type vlan, and no two networks of a physical network share a tag. */
function checkVlans(t: CheckContext): Diagnostic[] {
  const first = new Map<string, string>();
  return Object.entries(t.doc.networks ?? {}).flatMap(([name, network]) => {
    const { physical_network: wire, segmentation_id: tag } = network;
    const at = (of: string): At => ({ path: ['networks', of, 'segmentation_id'] });
    if (!isVlan(network)) {
      if (tag === undefined) return [];
      const summary = `network ${show(name)} has a VLAN tag but is not of type vlan`;
      return [t.report('NL341', at(name), summary, { hint: 'add network_type: vlan, or remove segmentation_id' })];
    }
    if (tag === undefined) {
      const summary = `network ${show(name)} is of type vlan but has no VLAN tag`;
      const hint = 'add segmentation_id: with a number from 1 to 4094';
      return [t.report('NL342', { path: ['networks', name, 'network_type'] }, summary, { hint })];
    }
    const key = `${wire}\n${String(tag)}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, name);
      return [];
    }
    const summary = `${show(other)} has VLAN ${String(tag)} of physical network ${show(wire)} already`;
    const related = [{ message: 'the other network', at: at(other) }];
    return [t.report('NL343', at(name), summary, { related, hint: 'give it another segmentation_id' })];
  });
}

/** A Linux bridge has the NIC itself as its port, so its frames are untagged. */
function checkCarriers(t: CheckContext): Diagnostic[] {
  return attachments(t.doc).flatMap(({ what, node: nodeName, network: networkName, at }) => {
    const node = t.doc.nodes?.[nodeName];
    const network = t.doc.networks?.[networkName];
    if (node === undefined || network === undefined || !isVlan(network)) return [];
    if (mechanismOf(node) === 'openvswitch') return [];
    const summary =
      `${what} is on the VLAN network ${show(networkName)}, ` + `but node ${show(nodeName)} carries flat networks only`;
    const related = [
      { message: 'the node', at: { path: ['nodes', nodeName], part: 'key' as const } },
      { message: 'the network', at: { path: ['networks', networkName, 'network_type'] } },
    ];
    const hint = `set mechanism: openvswitch on ${nodeName}, or place it on a node that has it`;
    return [t.report('NL340', at, summary, { related, hint })];
  });
}

/** A mapping needs Open vSwitch on the node, and a NIC on the physical network. */
function checkMappings(t: CheckContext): Diagnostic[] {
  return Object.entries(t.doc.nodes ?? {}).flatMap(([name, node]) => {
    if (node.bridge_mappings === undefined) return [];
    const path = ['nodes', name, 'bridge_mappings'];
    if (mechanismOf(node) !== 'openvswitch') {
      const summary = `node ${show(name)} has bridge_mappings but not Open vSwitch`;
      const hint =
        'add mechanism: openvswitch, or remove bridge_mappings: Linux bridges are named after their networks';
      return [t.report('NL344', { path, part: 'key' }, summary, { hint })];
    }
    const served = new Set(Object.values(node.nics ?? {}).map(({ physical_network: wire }) => wire));
    return Object.keys(node.bridge_mappings).flatMap((wire) => {
      // An unknown physical network has its own code (NL201).
      if (served.has(wire) || !t.known('physical_networks', wire)) return [];
      const summary = `node ${show(name)} maps physical network ${show(wire)}, but has no NIC on it`;
      const hint = `give ${name} a NIC with physical_network: ${wire}, or remove the mapping`;
      return [t.report('NL345', { path: [...path, wire], part: 'key' }, summary, { hint })];
    });
  });
}

function checkBridgeNames(t: CheckContext): Diagnostic[] {
  return physicalBridges(t.doc).flatMap((bridge) => {
    const { name, node, wire, at } = bridge;
    if (name.length > DEVICE_NAME_LENGTH) {
      const limit = String(DEVICE_NAME_LENGTH);
      const summary =
        `the bridge of ${show(wire)} on node ${show(node)} would be ${name}, ` +
        `which is longer than the ${limit} characters of a device name`;
      return [t.report('NL347', at, summary, { hint: mappingHint(bridge) })];
    }
    if (!RESERVED_NAMES.has(name)) return [];
    const summary =
      `${name} cannot be the bridge of physical network ${show(wire)} on node ${show(node)}: ` +
      'Open vSwitch uses the name itself';
    return [t.report('NL346', at, summary, { hint: mappingHint(bridge) })];
  });
}

/** Physical networks with a common bridge would be connected to each other. */
function checkSharing(t: CheckContext): Diagnostic[] {
  const first = new Map<string, PhysicalBridge>();
  return physicalBridges(t.doc).flatMap((bridge) => {
    const key = `${bridge.node}\n${bridge.name}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, bridge);
      return [];
    }
    const summary =
      `${bridge.name} of node ${show(bridge.node)} would be the bridge of both ` +
      `${show(other.wire)} and ${show(bridge.wire)}`;
    const related = [{ message: `the bridge of ${other.wire}`, at: other.at }];
    return [t.report('NL348', bridge.at, summary, { related, hint: mappingHint(bridge) })];
  });
}

function mappingHint({ mapped, node, wire }: PhysicalBridge): string {
  return mapped ? 'name another bridge' : `name one in bridge_mappings of ${node}, under ${wire}`;
}
