import { mappedBridgeOf, mechanismOf } from '../../defaults.ts';
import { perDocument } from '../../per-document.ts';
import type { At } from '../context.ts';
import { attachments } from './attachments.ts';

/** The bridge of Open vSwitch for a physical network of a node. */
export interface PhysicalBridge {
  readonly name: string;
  readonly node: string;
  /** The physical network. */
  readonly wire: string;
  /** True when the file names the bridge; false when it is named after the NIC. */
  readonly mapped: boolean;
  readonly at: At;
}

/**
 * The bridges for physical networks that the file names, and those that some port needs. Those named come first on each
 * node.
 */
export const physicalBridges = perDocument((doc): readonly PhysicalBridge[] => {
  const used = new Set(
    attachments(doc).map(({ node, network }) => `${node}\n${doc.networks?.[network]?.physical_network ?? ''}`),
  );
  return Object.entries(doc.nodes ?? {}).flatMap(([node, wish]) => {
    if (mechanismOf(wish) !== 'openvswitch') return [];
    const named = Object.entries(wish.bridge_mappings ?? {}).map(([wire, name]): PhysicalBridge => {
      return { name, node, wire, mapped: true, at: { path: ['nodes', node, 'bridge_mappings', wire] } };
    });
    const derived = Object.entries(wish.nics ?? {}).flatMap(([nic, { physical_network: wire }]): PhysicalBridge[] => {
      const known = Object.hasOwn(wish.bridge_mappings ?? {}, wire);
      if (known || !used.has(`${node}\n${wire}`)) return [];
      const at: At = { path: ['nodes', node, 'nics', nic], part: 'key' };
      return [{ name: mappedBridgeOf(wish, wire, nic), node, wire, mapped: false, at }];
    });
    return [...named, ...derived];
  });
});
