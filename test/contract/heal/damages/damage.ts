/** A change to an applied network, and what repairing it may touch. */
export interface Damage {
  readonly title: string;
  /** Damages of one class are alike: everyday runs take some of each. */
  readonly class: string;
  readonly script: string;
  /** Addresses of the objects that may be changed. */
  readonly touches: RegExp;
  /** The address of the object whose change shows that the damage was seen, where the repair touches others too. */
  readonly seen?: RegExp;
  /** Addresses of objects that decide whether it is a damage: they are not damaged at the same time. */
  readonly meets?: RegExp;
  /** Links, namespaces and processes that may be recreated. */
  readonly remade?: RegExp;
  /** Lines of the snapshot that can't be as before. */
  readonly lost?: RegExp;
  /** No object of ours depends on it: it needs no repair. */
  readonly harmless?: boolean;
}

/** The value of `meets` for a lost mark: the owner of the object is then known by the marks of others. */
export const ANYTHING = /./;

/** Returns a text as a regular expression that matches it. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/**
 * Returns a pattern for the addresses below these: all objects of a namespace, and objects of the node with these
 * names.
 */
export function touching(...parts: readonly string[]): RegExp {
  return new RegExp(`^node1/(?:${parts.join('|')})`);
}
