import type { Family } from '../model/command.ts';
import type { Origin } from '../model/resource.ts';
import type { PortRange } from '../net/ports.ts';

/** What a filtered port may get, send and call itself. */
export interface PortSecurity {
  /** What stands for the port in the names of its chains. */
  readonly chain: string;
  /** Names of its security groups. */
  readonly groups: readonly string[];
  /** Answers pass by themselves: one of its groups is stateful, or it has none. */
  readonly stateful: boolean;
  /** What it may call itself: its own addresses with its own MAC, and the allowed address pairs. */
  readonly pairs: readonly AddressPair[];
  /** What it may send from: its pairs, and beside each one of IPv6 the link-local address of its MAC. */
  readonly sources: readonly AddressPair[];
}

/** An address or a network, with the MAC it goes with. */
export interface AddressPair {
  readonly family: Family;
  readonly mac: string;
  readonly cidr: string;
}

/** A security group, with who is in it on all nodes. */
export interface ResolvedSecurityGroup {
  readonly name: string;
  readonly id: string;
  readonly rules: readonly SecurityRule[];
  /** The addresses of the ports that are in it, as networks. */
  readonly members: readonly { readonly family: Family; readonly cidr: string }[];
  readonly origin: Origin;
}

/** What a security group allows. */
export interface SecurityRule {
  readonly direction: 'ingress' | 'egress';
  readonly family: Family;
  /** IANA's number; absent: any. */
  readonly protocol?: number;
  /** Ports of the instance (ingress) or of the other side (egress); absent: any. */
  readonly ports?: PortRange;
  readonly icmp?: { readonly type: number; readonly code?: number };
  /** The other side by its addresses, or by the group its port is in; neither: anybody. */
  readonly remotePrefix?: string;
  readonly remoteGroup?: string;
  /** Neutron gives it to every new group. */
  readonly byDefault: boolean;
  readonly origin: Origin;
}
