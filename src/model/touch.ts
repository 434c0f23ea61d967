/**
 * What a change does to the network of a node itself, on which the connection to the node can depend. What it takes
 * away even for a moment is listed: an address that is replaced.
 */
export type Touch =
  /** A link is deleted, or set down. */
  | { readonly takes: 'link'; readonly device: string }
  /** An address is deleted, and the kernel's route to its network. */
  | { readonly takes: 'address'; readonly address: string; readonly network: string; readonly device: string }
  /** A route is deleted or changed. */
  | { readonly takes: 'route'; readonly destination: string }
  /** IPv6 is turned off on a device, or on all of them. */
  | { readonly takes: 'ipv6'; readonly device: string }
  /** The node begins to forward, and gives up what router advertisements gave it, unless `accept_ra` is 2. */
  | { readonly takes: 'advertised' }
  /** A device answers ARP for its own addresses alone. */
  | { readonly takes: 'answers'; readonly device: string }
  /** A filter of the node drops what comes in by a device, or new logins. `hint`: the line that lets them in. */
  | { readonly takes: 'passage'; readonly device: string; readonly rule: string; readonly hint?: string }
  /**
   * Packets to this destination leave by these devices from now on; by none, they are dropped. `last`: a route to the
   * same destination that exists is preferred.
   */
  | { readonly diverts: string; readonly devices: readonly string[]; readonly last?: true }
  /** All addresses and routes of a device move to another; there is no moment without them. */
  | { readonly moves: string; readonly to: string };
