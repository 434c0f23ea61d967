import type { SourceRange } from './position.ts';

/**
 * A network namespace as seen from a node: `null` is the node's own, a plain name is one in /run/netns, an absolute
 * path is a namespace that another program keeps (the lab's guests).
 */
export type Netns = string | null;

/** Returns the path by which a namespace other than the node's own is entered. */
export function netnsPath(netns: string): string {
  return netns.startsWith('/') ? netns : `/run/netns/${netns}`;
}

/** `node/netns/kind/name`; a node's own namespace is written `-`. Unique in a graph; ties are broken by it. */
export type Address = string;

declare const KIND: unique symbol;

/**
 * The name of a kind. It can be shown, stored and looked up by, but not compared with a text: what differs from kind to
 * kind is a member of `Kind`. Only its `spec.ts` makes one. Printed, it is a string.
 */
export interface KindName {
  readonly [KIND]: true;
}

/** Makes the name of a kind: for its `spec.ts`. */
export function kindName(word: string): KindName {
  return word as unknown as KindName;
}

/** Returns the name of a kind as a word for people. */
export function kindWord(kind: KindName): string {
  return kind as unknown as string;
}

/** The identity of an object on the network, without its properties. */
export interface Ref {
  readonly node: string;
  readonly netns: Netns;
  readonly kind: KindName;
  readonly name: string;
}

declare const SPEC: unique symbol;

/** A reference to an object with a spec of this shape. Made by the `spec.ts` of its kind. */
export interface RefTo<Spec> extends Ref {
  readonly [SPEC]?: Spec;
}

/**
 * Where in the topology an object comes from: a path such as `routers.r1.interfaces.lan`, and its range in the file.
 */
export interface Origin {
  readonly path: string;
  readonly range?: SourceRange;
}

/** One desired object. `spec` has the shape its kind declares. */
export interface Resource<Spec = unknown> extends Ref {
  readonly spec: Spec;
  readonly origin: Origin;
  /** The origin of each of its lines, where they have different ones: a chain has rules of several floating IPs. */
  readonly lineOrigins?: readonly Origin[];
  /**
   * Order that protects traffic, beyond what the kinds derive: this object is created after those, and deleted before
   * they change.
   */
  readonly after?: readonly Address[];
}

/** The owner of an observed object: this topology, an unknown one, or another topology (by name). */
export type Owner = 'ours' | 'foreign' | { readonly topology: string };

/**
 * The effect of a foreign object on the traffic of a namespace of ours, or of a node. Such an object is drift: it is
 * reported, and `--heal-foreign` deletes it in a namespace of ours. On the node itself it is reported only.
 */
export interface Disturbance {
  /** The object in the words of the command that prints it: `route 10.10.10.11/32 dev qg-86278a9d-ea`. */
  readonly what: string;
  /** Its effect, as a predicate: `takes the traffic to 10.10.10.11/32`. */
  readonly why: string;
  /** On a node: the command that deletes it. */
  readonly command?: string;
  /** Objects that cannot work beside it: if one of them is desired, it is deleted without `--heal-foreign`. */
  readonly blocks?: readonly Ref[];
}

/** One observed object; its spec is complete enough to recreate it. */
export interface Observed<Spec = unknown, Facts = unknown> extends Ref {
  readonly spec: Spec;
  /**
   * What the kind knows of an observed object and no file can state, such as the pid of a daemon. It is neither
   * compared nor shown.
   */
  readonly facts?: Facts;
  readonly owner: Owner;
  /** Unmarked, but it can only be ours: adopted if it is desired, left alone if it is not. */
  readonly adoptable?: boolean;
  /** Why it does not work and is recreated rather than updated (a veth whose other end is elsewhere). */
  readonly incomplete?: string;
  /** Set if it is foreign and can disturb traffic. At the address of a desired object it is overwritten. */
  readonly disturbs?: Disturbance;
}

/** Returns the address of a reference. */
export function addressOf(ref: Ref): Address {
  return `${ref.node}/${ref.netns ?? '-'}/${kindWord(ref.kind)}/${ref.name}`;
}
