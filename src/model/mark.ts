/**
 * The mark that says an object is ours: the `ifalias` of a link, and of `lo` for a whole namespace.
 * `netloom:<topology>`, then the tokens of effects that are still owed, each after a comma:
 * `netloom:demo,arp=qg-88b95f4f-ea,ct=0b0b0b0b`. The kernel keeps 255 bytes of it (measured).
 */
export interface Mark {
  readonly topology: string;
  readonly tokens: readonly string[];
}

const PREFIX = 'netloom:';

/** The alias text of a mark. */
export function formatMark(mark: Mark): string {
  return [PREFIX + mark.topology, ...mark.tokens].join(',');
}

/** Whether a text can be a topology's name, as the schema has it. */
export function isTopologyName(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,18}$/.test(text);
}

/** What stands in an alias in the place of a topology's name, whatever it is; `undefined` when the alias has no mark. */
export function nameInMark(alias: string | undefined): string | undefined {
  return alias?.startsWith(PREFIX) ? alias.slice(PREFIX.length).split(',', 1)[0] : undefined;
}

/** The mark an alias holds; `undefined` when the alias is somebody else's or absent. */
export function parseMark(alias: string | undefined): Mark | undefined {
  const topology = nameInMark(alias);
  if (alias === undefined || topology === undefined || !isTopologyName(topology)) return undefined;
  return { topology, tokens: alias.split(',').slice(1) };
}
