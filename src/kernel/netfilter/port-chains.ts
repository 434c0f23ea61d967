import type { Family } from '../../model/command.ts';
import type { SavedTables } from './saved-tables.ts';

/**
 * A port's chain for ingress (`i`) or egress (`o`): Neutron's prefix, the letter, and the beginning of the port's id.
 */
const OF_PORT = /^((?:neutron|quantum)-.{1,8})-([io])([0-9a-f-]{10})$/;

/** What the name of a port's chain tells. */
export interface PortChain {
  readonly family: Family;
  readonly inwards: boolean;
  /** The port's ingress chain, its egress chain, and the chain of its allowed source addresses. */
  readonly incoming: string;
  readonly outgoing: string;
  readonly sources: string;
}

/** Reads the name of a chain in the filter table; `undefined` for a chain that is no port's. */
export function portChain(family: Family, chain: string): PortChain | undefined {
  const [, prefix = '', letter, id = ''] = OF_PORT.exec(chain) ?? [];
  if (letter === undefined) return undefined;
  const named = (one: string): string => `${prefix}-${one}${id}`;
  return { family, inwards: letter === 'i', incoming: named('i'), outgoing: named('o'), sources: named('s') };
}

/** Returns the conntrack zone of a port's egress: the zone of its device, which the jump to its egress chain names. */
export function zoneOf(saved: SavedTables | undefined, { outgoing }: PortChain): number | undefined {
  const device = firstIn(saved, 'filter', (rule) =>
    rule.endsWith(`-j ${outgoing}`) ? /--physdev-in (\S+)/.exec(rule)?.[1] : undefined,
  );
  if (device === undefined) return undefined;
  const zone = firstIn(saved, 'raw', (rule) =>
    rule.includes(`--physdev-in ${device} `) ? /--zone (\d+)$/.exec(rule)?.[1] : undefined,
  );
  return zone === undefined ? undefined : Number(zone);
}

/** Returns what `read` finds in the first rule of a table in which it finds something. */
function firstIn(
  saved: SavedTables | undefined,
  table: string,
  read: (rule: string) => string | undefined,
): string | undefined {
  for (const { rules } of saved?.get(table)?.values() ?? []) {
    for (const rule of rules) {
      const result = read(rule);
      if (result !== undefined) return result;
    }
  }
  return undefined;
}
