import type { Family } from '../../model/command.ts';
import type { SavedTables } from './iptables-save.ts';

/**
 * The chain with what a port may get (`i`) or send (`o`): Neutron's prefix, the letter, and the beginning of the port's
 * id.
 */
const OF_PORT = /^((?:neutron|quantum)-.{1,8})-([io])([0-9a-f-]{10})$/;

/** What the name of a port's chain says. */
export interface PortChain {
  readonly family: Family;
  readonly inwards: boolean;
  /** The port's two chains, and the one with what it may send from. */
  readonly incoming: string;
  readonly outgoing: string;
  readonly sources: string;
}

/** A port's chain by its name in the filter table; `undefined` for any other. */
export function portChain(family: Family, chain: string): PortChain | undefined {
  const [, prefix = '', letter, id = ''] = OF_PORT.exec(chain) ?? [];
  if (letter === undefined) return undefined;
  const named = (one: string): string => `${prefix}-${one}${id}`;
  return { family, inwards: letter === 'i', incoming: named('i'), outgoing: named('o'), sources: named('s') };
}

/** The zone of what comes from a port: by its device, which the rules that lead to its chain name. */
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

/** What the first rule of a table says that says it. */
function firstIn(
  saved: SavedTables | undefined,
  table: string,
  says: (rule: string) => string | undefined,
): string | undefined {
  for (const { rules } of saved?.get(table)?.values() ?? []) {
    for (const rule of rules) {
      const said = says(rule);
      if (said !== undefined) return said;
    }
  }
  return undefined;
}
