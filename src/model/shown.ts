/** A chain of iptables by what it consists of. */
export interface ShownRules {
  readonly family: 4 | 6;
  readonly table: string;
  readonly chain: string;
  readonly rules: readonly string[];
}

/**
 * What a person sees in an object: by this `show` arranges what stands, and finds the service that a difference is about. An object says of itself
 * what applies.
 */
export interface Shown {
  /** It is a namespace of this name. */
  readonly namespace?: string;
  /** It is a bridge or switch. */
  readonly bridge?: { readonly up: boolean };
  /** It is a NIC of the node. */
  readonly nic?: true;
  /** It is the device of a router, a DHCP server or a guest, in its namespace. */
  readonly device?: { readonly mac: string };
  /** It is where a guest is plugged in. */
  readonly plug?: true;
  /** The ports that it makes or is, and the bridges they are in. */
  readonly ports?: readonly { readonly name: string; readonly bridge: string | null }[];
  /** It joins these bridges. */
  readonly joins?: readonly string[];
  /** It is an address on a device. */
  readonly address?: { readonly device: string; readonly cidr: string };
  /** It is a route, in words. */
  readonly route?: string;
  /** It is a chain. */
  readonly rules?: ShownRules;
  /** It is a process, in words. */
  readonly process?: string;
  /** It serves what it comes from in the topology, wherever it stands. */
  readonly servesOrigin?: true;
}
