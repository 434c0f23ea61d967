import type { Netns, Origin } from './resource.ts';

/** Where a layer-2 segment is on a node: at the NIC of its physical network. */
export interface SegmentLocation {
  /** The name of the segment, as `segmentOf(network)` gives it. */
  readonly segment: string;
  readonly node: string;
  readonly nic: string;
  /** The VLAN tag of its frames on the NIC; `null`: untagged. */
  readonly vlan: number | null;
}

/** An IP address that the topology uses on a segment. */
export interface AddressUse {
  readonly segment: string;
  /** What uses it: a path of the file, or words with one. */
  readonly by: string;
  readonly address: string;
  /** Absent for an address of a NIC. */
  readonly mac?: string;
  /** The node that the user of the address is on. */
  readonly node: string;
  /** Set for an address of a NIC of the node: the NIC. */
  readonly nic?: string;
  readonly origin: Origin;
}

/** The segments of a topology, and its addresses on them. */
export interface Segments {
  readonly locations: readonly SegmentLocation[];
  readonly uses: readonly AddressUse[];
  /** Devices in the nodes' own namespaces behind which the topology's own ports are, each `NODE DEVICE`. */
  readonly ends: ReadonlySet<string>;
}

/** An IP address that a node has on a segment, or states for it, and that is not the topology's. */
export interface ForeignAddress {
  readonly segment: string;
  readonly node: string;
  readonly netns: Netns;
  readonly device: string;
  readonly address: string;
  /** `address`: the device has it; `neighbour`: a fixed neighbour entry gives its MAC; `proxy`: the node answers. */
  readonly by: 'address' | 'neighbour' | 'proxy';
  /** The MAC of the device, or of the neighbour entry. */
  readonly mac?: string;
  /** The topology that it belongs to, if it has the mark of another one. */
  readonly topology?: string;
  /** The command that deletes it, for the node. */
  readonly command: string;
}
