import type { Family } from '../../model/command.ts';
import type { SavedTables } from './iptables-save.ts';

/** The chain with what a port may get (`i`) or send (`o`): Neutron's prefix, the letter, and the beginning of the port's id. */
const OF_PORT = /^(?:neutron|quantum)-.{1,8}-([io])([0-9a-f-]{10})$/;

/** What the name of a port's chain says. */
export interface PortChain {
  readonly family: Family;
  readonly chain: string;
  readonly inwards: boolean;
  /** The same chain for the other way. */
  readonly incoming: string;
}

/** A port's chain by its names in the filter table; `undefined` for any other. */
export function portChain(family: Family, chain: string): PortChain | undefined {
  const letter = OF_PORT.exec(chain)?.[1];
  if (letter === undefined) return undefined;
  return { family, chain, inwards: letter === 'i', incoming: chain.replace(/-o(?=[0-9a-f-]{10}$)/, '-i') };
}

/** The zone of what comes from a port: by its device, which the rule that leads to its chain names. */
export function zoneOf(saved: SavedTables | undefined, { incoming }: PortChain): number | undefined {
  const outgoing = incoming.replace(/-i(?=[0-9a-f-]{10}$)/, '-o');
  const leads = [...(saved?.get('filter')?.values() ?? [])].flatMap(({ rules }) => rules);
  const device = leads.flatMap((rule) =>
    rule.endsWith(`-j ${outgoing}`) ? (/--physdev-in (\S+)/.exec(rule)?.[1] ?? []) : [],
  )[0];
  if (device === undefined) return undefined;
  for (const { rules } of saved?.get('raw')?.values() ?? []) {
    for (const rule of rules) {
      const zone = rule.includes(`--physdev-in ${device} `) ? /--zone (\d+)$/.exec(rule)?.[1] : undefined;
      if (zone !== undefined) return Number(zone);
    }
  }
  return undefined;
}
