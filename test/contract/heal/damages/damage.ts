/** Something done to a network that stands, and what mending it may touch. */
export interface Damage {
  readonly title: string;
  /** Damages of one class are the same sort of thing: everyday runs take some of each. */
  readonly class: string;
  readonly script: string;
  /** Addresses of the objects that may be changed. */
  readonly touches: RegExp;
  /** Addresses of objects that decide whether it is one: nothing is done to them at the same time. */
  readonly meets?: RegExp;
  /** Links, namespaces and processes that may be others afterwards. */
  readonly remade?: RegExp;
  /** Lines of the snapshot that can't be as before. */
  readonly lost?: RegExp;
  /** Nothing of it matters to anybody: nothing is to be done. */
  readonly harmless?: boolean;
}

/** What `meets` says of a lost mark: whose an object is, is then known by the marks of others. */
export const ANYTHING = /./;

/** A text as a regular expression that means it. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** An address below these: everything of a namespace, and objects of the node named so. */
export function touching(...parts: readonly string[]): RegExp {
  return new RegExp(`^node1/(?:${parts.join('|')})`);
}
