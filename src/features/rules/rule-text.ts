/**
 * The slots that features fill. A release defines the rules of a slot once, as a text with variables; the feature
 * decides how often they are used (for each interface, each floating IP).
 */
export type SlotName =
  | 'interface'
  | 'gateway'
  | 'snat'
  | 'no-snat'
  | 'same-scope'
  | 'interface-snat'
  | 'floating-ip'
  | 'crossing'
  | 'crossing-exit'
  | 'port-forwardings'
  | 'port-forwarding'
  | 'metadata'
  | FirewallSlot;

/** The slots of a filtered port. */
export type FirewallSlot =
  | 'trusted'
  | 'unfiltered'
  | 'port'
  | 'opening'
  | 'spoofing'
  | 'pairs'
  | 'verified'
  | 'established'
  | 'dhcp-answers'
  | 'ingress'
  | 'egress'
  | 'closing'
  | 'zone'
  | 'untracked';

/** Rules of one family in the syntax of `iptables -S`, with tables as in `iptables-save`. */
export interface RuleText {
  /**
   * The fixed part: `-N` creates a chain, `-A CHAIN rule` is a rule, `-A CHAIN @slot` is the position of a slot's rules
   * in the chain.
   */
  readonly skeleton: string;
  /**
   * The rules that one use of a slot adds, and chains of its own with `-N` and `@slot` as above. `$name` is a variable.
   */
  readonly slots: Readonly<Partial<Record<SlotName, string>>>;
}

/** The rules of one Neutron release. */
export interface ReleaseText {
  /** Rules of a router's namespace, by family. */
  readonly router: { readonly 4: RuleText; readonly 6?: RuleText };
  /** Rules of a DHCP server's namespace, by family. */
  readonly dhcp: { readonly 4?: RuleText; readonly 6?: RuleText };
  /** The IPv4 metadata address of a DHCP server's device. */
  readonly metadataCidr: string;
  /** The IPv6 metadata address. */
  readonly metadataLinkLocal?: string;
}
