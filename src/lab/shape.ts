import type { Topology } from '../topology/types.gen.ts';

/** The part of a valid topology that the lab needs. */
export interface LabTopology {
  /** The path of its file, as the user gave it. */
  readonly file: string;
  readonly doc: Topology;
}

/** The kind of a member: a node, an instance's stand-in, or an outside host. */
export type MemberKind = 'node' | 'instance' | 'host';

/** The IP configuration that an instance sets up on one of its devices. */
export interface GuestPort {
  readonly device: string;
  readonly mode: 'dhcp' | 'static';
  readonly metric: number;
  /** With prefix lengths. With DHCP only if there are several: the guest sets those that are not leased. */
  readonly addresses?: readonly string[];
  readonly gateway?: string;
  readonly mtu?: number;
}

/** One namespace of the lab. */
export interface Member {
  readonly kind: MemberKind;
  readonly name: string;
  /** The node of an instance. */
  readonly node?: string;
  /** True if a node has its own Open vSwitch. */
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

/** The desired lab of a topology. */
export interface LabShape {
  readonly name: string;
  readonly switches: readonly string[];
  readonly members: readonly Member[];
  readonly cables: readonly Cable[];
}

/** Returns the key of a member, which is unique in the lab: `node/compute1`. */
export function memberKey(member: { readonly kind: MemberKind; readonly name: string }): string {
  return `${member.kind}/${member.name}`;
}
