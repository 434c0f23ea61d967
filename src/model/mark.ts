import type { Netns } from './resource.ts';

/**
 * The mark of an object that is ours: the `ifalias` of a link, and of `lo` for a whole namespace.
 * `netloom:<topology>`, then tokens, each after a comma: the owed effects of a namespace
 * (`netloom:demo,arp=qg-88b95f4f-ea,ct=0b0b0b0b`), or the attributes of a link (`kernel/links/alias.ts`). The kernel
 * keeps 255 bytes of it (measured).
 */
export interface Mark {
  readonly topology: string;
  readonly tokens: readonly string[];
}

const PREFIX = 'netloom:';

/** How the names of namespaces begin, as Neutron writes them: of a router, and of a network's DHCP server. */
export const NETNS_PREFIX = { router: 'qrouter-', dhcp: 'qdhcp-' } as const;

/**
 * Returns whether a namespace of this name can be ours. Only root gives names in /run/netns, but a container can write
 * our mark into the namespace that it has been given.
 */
export function canBeOurs(netns: Netns): boolean {
  return netns !== null && Object.values(NETNS_PREFIX).some((prefix) => netns.startsWith(prefix));
}

/** Returns the alias text of a mark. */
export function formatMark(mark: Mark): string {
  return [PREFIX + mark.topology, ...mark.tokens].join(',');
}

/** Returns whether a text can be a topology's name according to the schema. */
export function isTopologyName(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,18}$/.test(text);
}

/**
 * Returns the text at the position of the topology's name in an alias, whatever it is; `undefined` if the alias has no
 * mark.
 */
export function nameInMark(alias: string | undefined): string | undefined {
  return alias?.startsWith(PREFIX) ? alias.slice(PREFIX.length).split(',', 1)[0] : undefined;
}

/** Returns the mark in an alias; `undefined` if the alias is foreign or absent. */
export function parseMark(alias: string | undefined): Mark | undefined {
  const topology = nameInMark(alias);
  if (alias === undefined || topology === undefined || !isTopologyName(topology)) return undefined;
  return { topology, tokens: alias.split(',').slice(1) };
}
