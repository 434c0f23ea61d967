import type { SourceRange } from './position.ts';

/**
 * A network namespace as seen from a node: `null` is the node's own, a plain name stands in /run/netns,
 * an absolute path is a namespace somebody else keeps (the lab's guests).
 */
export type Netns = string | null;

/** `node/netns/kind/name`; a node's own namespace is written `-`. Unique in a graph, and what ties are broken by. */
export type Address = string;

declare const KIND: unique symbol;

/**
 * The name of a kind. It can be shown, kept and looked up by, and is no text to compare with: what differs from kind to kind the kind itself says. Only its
 * `spec.ts` makes one. In what is printed it is a string.
 */
export interface KindName {
  readonly [KIND]: true;
}

/** Makes the name of a kind: for its `spec.ts`. */
export function kindName(word: string): KindName {
  return word as unknown as KindName;
}

/** The name of a kind as a word for people. */
export function kindWord(kind: KindName): string {
  return kind as unknown as string;
}

/** What identifies an object on the network, with no word of what it should look like. */
export interface Ref {
  readonly node: string;
  readonly netns: Netns;
  readonly kind: KindName;
  readonly name: string;
}

declare const SPEC: unique symbol;

/** A reference to an object with a spec of this shape. The `spec.ts` of its kind makes it. */
export interface RefTo<Spec> extends Ref {
  readonly [SPEC]?: Spec;
}

/** Where in the topology an object comes from: a path such as `routers.r1.interfaces.lan`, and its place in the file. */
export interface Origin {
  readonly path: string;
  readonly range?: SourceRange;
}

/** One object of the desired state. `spec` has the shape its kind declares. */
export interface Resource<Spec = unknown> extends Ref {
  readonly spec: Spec;
  readonly origin: Origin;
  /** Order that protects traffic, beyond what the kinds derive: this is made after those, and removed before they change. */
  readonly after?: readonly Address[];
}

/** Who an observed object belongs to: this topology, nobody we know, or another topology (by name). */
export type Owner = 'ours' | 'foreign' | { readonly topology: string };

/** One object as it stands; its spec is complete enough to make it again. */
export interface Observed<Spec = unknown, Facts = unknown> extends Ref {
  readonly spec: Spec;
  /** What the kind knows of one that stands and nobody can want, such as the pid of a daemon. It is neither compared nor shown. */
  readonly facts?: Facts;
  readonly owner: Owner;
  /** Unmarked, but it can only be ours: taken when it is wanted, left alone when it is not. */
  readonly adoptable?: boolean;
  /** Why it is made anew rather than altered, if it is broken beyond that (a veth whose other end is elsewhere). */
  readonly incomplete?: string;
}

/** The address of a reference. */
export function addressOf(ref: Ref): Address {
  return `${ref.node}/${ref.netns ?? '-'}/${kindWord(ref.kind)}/${ref.name}`;
}
