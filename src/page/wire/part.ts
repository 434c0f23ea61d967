/** A part of the file, such as the router r1. */
export interface PartName {
  readonly collection: string;
  readonly name: string;
}

/** A part of the file, with what stands of it on the nodes. */
export interface PartDetails {
  readonly part: PartName;
  readonly title: string;
  readonly source: { readonly file: string; readonly first: number; readonly lines: readonly string[] } | null;
  readonly objects: readonly ObjectRow[];
  /** Rules that come from it, with the chain that they are in. */
  readonly rules: readonly RuleRow[];
  readonly ports: readonly PortDetails[];
  /** The way of each of its floating IPs, from outside to the guest. */
  readonly ways: readonly Way[];
}

export interface ObjectRow {
  readonly what: string;
  readonly node: string;
  readonly netns: string;
  /** `ok`: as in the file. */
  readonly state: 'ok' | 'missing' | 'differs' | 'extra' | 'unknown';
}

export interface RuleRow {
  readonly chain: string;
  readonly node: string;
  readonly netns: string;
  readonly rule: string;
  readonly origin: string;
}

/** What the security groups of a port allow. */
export interface PortDetails {
  readonly name: string;
  readonly filtered: boolean;
  readonly groups: readonly string[];
  readonly ingress: readonly AllowedRow[];
  readonly egress: readonly AllowedRow[];
}

export interface AllowedRow {
  readonly what: string;
  readonly who: string;
  readonly group: string;
  readonly origin: string;
}

/** A floating IP from outside to the guest, hop by hop. */
export interface Way {
  readonly name: string;
  readonly hops: readonly Hop[];
}

export interface Hop {
  readonly what: string;
  readonly detail: string;
}
