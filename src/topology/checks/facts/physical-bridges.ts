import { mappedBridgeOf, mechanismOf } from '../../defaults.ts';
import { perDocument } from '../../per-document.ts';
import type { At } from '../context.ts';
import { attachments } from './attachments.ts';

/** The Open vSwitch bridge of a physical network on a node. */
export interface PhysicalBridge {
  readonly name: string;
  readonly node: string;
  /** The physical network. */
  readonly wire: string;
  /** True when the file names the bridge; false when it is named after the NIC. */
  readonly mapped: boolean;
  readonly at: At;
}

/** The bridges that the file names, and those that a port needs; on each node, the named ones first. */
export const physicalBridges = perDocument((doc): readonly PhysicalBridge[] => {
  const used = new Set(
    attachments(doc).map(({ node, network }) => `${node}\n${doc.networks?.[network]?.physical_network ?? ''}`),
  );
  return Object.entries(doc.nodes ?? {}).flatMap(([node, spec]) => {
    if (mechanismOf(spec) !== 'openvswitch') return [];
    const named = Object.entries(spec.bridge_mappings ?? {}).map(([wire, name]): PhysicalBridge => {
      return { name, node, wire, mapped: true, at: { path: ['nodes', node, 'bridge_mappings', wire] } };
    });
    const derived = Object.entries(spec.nics ?? {}).flatMap(([nic, { physical_network: wire }]): PhysicalBridge[] => {
      const known = Object.hasOwn(spec.bridge_mappings ?? {}, wire);
      if (known || !used.has(`${node}\n${wire}`)) return [];
      const at: At = { path: ['nodes', node, 'nics', nic], part: 'key' };
      return [{ name: mappedBridgeOf(spec, wire, nic), node, wire, mapped: false, at }];
    });
    return [...named, ...derived];
  });
});
