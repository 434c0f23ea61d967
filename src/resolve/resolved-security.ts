import type { Family } from '../model/command.ts';
import type { Origin } from '../model/resource.ts';
import type { PortRange } from '../net/ports.ts';

/** Port security: security groups, and the addresses that the port may use. */
export interface PortSecurity {
  /** The part of the port's id in the names of its chains. */
  readonly chain: string;
  /** Names of its security groups. */
  readonly groups: readonly string[];
  /** Replies are allowed by connection tracking: one of its groups is stateful, or it has none. */
  readonly stateful: boolean;
  /** The addresses that it may use: its own with its own MAC, and the allowed address pairs. */
  readonly pairs: readonly AddressPair[];
  /** Allowed sources: its pairs, and for each IPv6 pair the link-local address of its MAC. */
  readonly sources: readonly AddressPair[];
}

/** An address or network with the MAC that it may be used with. */
export interface AddressPair {
  readonly family: Family;
  readonly mac: string;
  readonly cidr: string;
}

/** A security group with its members on all nodes. */
export interface ResolvedSecurityGroup {
  readonly name: string;
  readonly id: string;
  readonly rules: readonly SecurityRule[];
  /** The addresses of its member ports, as networks. */
  readonly members: readonly { readonly family: Family; readonly cidr: string }[];
  readonly origin: Origin;
}

/** A rule of a security group. */
export interface SecurityRule {
  readonly direction: 'ingress' | 'egress';
  readonly family: Family;
  /** IANA's number; absent: any. */
  readonly protocol?: number;
  /** Destination ports; absent: any. */
  readonly ports?: PortRange;
  readonly icmp?: { readonly type: number; readonly code?: number };
  /** The remote side: addresses, or the ports of a group; neither: any address. */
  readonly remotePrefix?: string;
  readonly remoteGroup?: string;
  /** Neutron adds it to every new group. */
  readonly byDefault: boolean;
  readonly origin: Origin;
}
