/**
 * The slots that features fill. A release's rules for one are written down once, as a text with variables; how often it is
 * used (for each interface, each floating IP) is the feature's affair.
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

/** Those of a port that is filtered. */
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

/** Rules of one family in the words of `iptables -S`, tables as in `iptables-save`. */
export interface RuleText {
  /**
   * What is there from the start: `-N` makes a chain of ours, `-A CHAIN rule` is a rule, `-A CHAIN @slot` is the place in the
   * chain where a slot's rules go.
   */
  readonly skeleton: string;
  /** What one use of a slot adds: rules, and with `-N` and `@slot` as above chains of its own. `$name` is a variable. */
  readonly slots: Readonly<Partial<Record<SlotName, string>>>;
}

/** What one Neutron generation writes. */
export interface ReleaseText {
  /** Rules of a router's namespace, by family. */
  readonly router: { readonly 4: RuleText; readonly 6?: RuleText };
  /** Rules of a DHCP server's namespace, by family. */
  readonly dhcp: { readonly 4?: RuleText; readonly 6?: RuleText };
  /** The metadata address a DHCP server's device has. */
  readonly metadataCidr: string;
  /** Its IPv6 one. */
  readonly metadataLinkLocal?: string;
}
