/** What a port or a floating IP has on the nodes. */
export interface HeldPort {
  /** Absent for a floating IP. */
  readonly mac?: string;
  readonly addresses: readonly string[];
}

/** What exists on the nodes and so limits what `resolve` may derive. Empty for `validate`, `diff` and `graph`. */
export interface Held {
  /** By the id of the port or floating IP. */
  readonly ports: ReadonlyMap<string, HeldPort>;
  /** The numbers of address scopes, by the scope's name. */
  readonly scopes: ReadonlyMap<string, number>;
  /** Local VLANs in the integration bridges, by the network's id. */
  readonly vlans: ReadonlyMap<string, number>;
  /** Addresses that others use, by their segment (`segmentOf(network)`): derived addresses avoid them. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Of no node anything is known: every derived value depends on the file alone. */
export const NOTHING_HELD: Held = { ports: new Map(), scopes: new Map(), vlans: new Map(), taken: new Map() };
