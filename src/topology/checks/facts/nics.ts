import { eachEntry } from '../../entries.ts';
import { perDocument } from '../../per-document.ts';
import type { HostNic, Nic } from '../../types.gen.ts';
import type { At } from '../context.ts';

/** A NIC of a node or an outside host. */
export interface NicUse {
  readonly what: string;
  readonly nic: Nic | HostNic;
  readonly path: readonly string[];
}

/** The NICs of nodes and of outside hosts. */
export const nics = perDocument((doc): readonly NicUse[] => {
  const found: NicUse[] = [];
  eachEntry(doc.nodes, (name, node) => {
    eachEntry(node.nics, (device, nic) => {
      found.push({ what: `${device} of node ${name}`, nic, path: ['nodes', name, 'nics', device] });
    });
  });
  eachEntry(doc.hosts, (name, host) => {
    eachEntry(host.nics, (device, nic) => {
      found.push({ what: `${device} of host ${name}`, nic, path: ['hosts', name, 'nics', device] });
    });
  });
  return found;
});

/** An address of a NIC of a node or an outside host. */
export interface NicAddress {
  readonly what: string;
  /** With its prefix length. */
  readonly address: string;
  readonly at: At;
  readonly physicalNetwork: string;
}

/** The addresses of all NICs. */
export const nicAddresses = perDocument((doc): readonly NicAddress[] =>
  nics(doc).flatMap(({ what, nic, path }) =>
    (nic.addresses ?? []).map((address, index) => ({
      what,
      address,
      at: { path: [...path, 'addresses', index] },
      physicalNetwork: nic.physical_network,
    })),
  ),
);
