import type { Family } from '../../model/command.ts';

/** The parts of the name of a chain's resource. */
export interface ChainName {
  readonly family: Family;
  readonly table: string;
  readonly chain: string;
}

/** The end of the name under which the foreign rules of a built-in chain are observed. */
export const FOREIGN = '#foreign';

/** Parses a name such as `4/nat/POSTROUTING`, also that of the chain's foreign rules. */
export function parseChainName(name: string): ChainName {
  const slash = name.indexOf('/', 2);
  return {
    family: name.startsWith('6') ? 6 : 4,
    table: name.slice(2, slash),
    chain: name.slice(slash + 1, name.endsWith(FOREIGN) ? -FOREIGN.length : undefined),
  };
}
