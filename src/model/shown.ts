/** A chain of iptables with its parts apart. */
export interface ShownRules {
  readonly family: 4 | 6;
  readonly table: string;
  readonly chain: string;
  readonly rules: readonly string[];
}

/**
 * The properties of an object that `show` displays. `show` arranges the observed objects by them, and finds the service
 * that a difference belongs to. An object gives those that apply.
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
  /** A guest is plugged in here. */
  readonly plug?: true;
  /** The ports that it creates or is, and their bridges. */
  readonly ports?: readonly { readonly name: string; readonly bridge: string | null }[];
  /** It joins these bridges. */
  readonly joins?: readonly string[];
  /** It is an address on a device. */
  readonly address?: { readonly device: string; readonly cidr: string };
  /** It is a route, as text. */
  readonly route?: string;
  /** It is a chain. */
  readonly rules?: ShownRules;
  /** It is a process, as text. */
  readonly process?: string;
  /** It serves the part of the topology that it comes from, wherever it runs. */
  readonly servesOrigin?: true;
}
