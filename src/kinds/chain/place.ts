import type { Family } from '../../model/command.ts';

/** What the name of a chain's resource says. */
export interface Place {
  readonly family: Family;
  readonly table: string;
  readonly chain: string;
}

/** `4/nat/POSTROUTING` taken apart. */
export function placeOf(name: string): Place {
  const slash = name.indexOf('/', 2);
  return { family: name.startsWith('6') ? 6 : 4, table: name.slice(2, slash), chain: name.slice(slash + 1) };
}
