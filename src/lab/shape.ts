import type { Topology } from '../topology/types.gen.ts';

/** What the lab needs of a valid topology. */
export interface LabTopology {
  /** The file it was read from, as the user named it. */
  readonly file: string;
  readonly doc: Topology;
}

/** What stands in a lab: a node, an instance's stand-in, or a machine outside. */
export type MemberKind = 'node' | 'instance' | 'host';

/** What an instance does on one of its devices. */
export interface GuestPort {
  readonly device: string;
  readonly mode: 'dhcp' | 'static';
  readonly metric: number;
  /** With their prefix lengths. With DHCP only where there are several: whichever is not leased is set beside it. */
  readonly addresses?: readonly string[];
  readonly gateway?: string;
  readonly mtu?: number;
}

/** One namespace of the lab. */
export interface Member {
  readonly kind: MemberKind;
  readonly name: string;
  /** The node an instance stands behind. */
  readonly node?: string;
  /** Whether a node has an Open vSwitch of its own. */
  readonly openvswitch: boolean;
  readonly listen: readonly number[];
  readonly ports: readonly GuestPort[];
  readonly routes: readonly { readonly destination: string; readonly nexthop: string }[];
}

/** The cable from a NIC to its switch. */
export interface Cable {
  readonly member: string;
  readonly nic: string;
  readonly network: string;
  readonly mac: string;
  readonly mtu: number;
  readonly switchMtu: number;
  readonly addresses: readonly string[];
}

/** A lab as the topology wants it. */
export interface LabShape {
  readonly name: string;
  readonly switches: readonly string[];
  readonly members: readonly Member[];
  readonly cables: readonly Cable[];
}

/** How a member is called among all members, whatever its kind: `node/compute1`. */
export function memberKey(member: { readonly kind: MemberKind; readonly name: string }): string {
  return `${member.kind}/${member.name}`;
}
