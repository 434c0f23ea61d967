/**
 * The mark that says an object is ours: the `ifalias` of a link, and of `lo` for a whole namespace.
 * `netloom:<topology>`, then the tokens of effects that are still owed, each after a comma:
 * `netloom:demo,arp,ct=0b0b0b0b`. The kernel keeps 255 bytes of it (measured).
 */
export interface Mark {
  readonly topology: string;
  readonly pending: readonly string[];
}

const PREFIX = 'netloom:';

/** The alias text of a mark. */
export function formatMark(mark: Mark): string {
  return [PREFIX + mark.topology, ...mark.pending].join(',');
}

/** The mark an alias holds; `undefined` when the alias is somebody else's or absent. */
export function parseMark(alias: string | undefined): Mark | undefined {
  if (alias === undefined || !alias.startsWith(PREFIX)) return undefined;
  const [topology = '', ...pending] = alias.slice(PREFIX.length).split(',');
  return /^[a-z0-9][a-z0-9-]{0,18}$/.test(topology) ? { topology, pending } : undefined;
}
