import type { Family } from '../../model/command.ts';

const TWIN = '-n';

/** The name of the set that is filled to be swapped with the one of this name. */
export function swapSetOf(name: string): string {
  return name + TWIN;
}

/** The name of the set whose twin has this name, if it is one's. */
export function originalOf(name: string): string | undefined {
  return name.endsWith(TWIN) ? name.slice(0, -TWIN.length) : undefined;
}

/** The IP version of a set whose name is one that Neutron gives, or its twin's: no other set can be ours. */
export function familyOfSet(name: string): Family | undefined {
  const family = /^NIPv([46])[0-9a-f-]{1,24}(?:-n)?$/.exec(name)?.[1];
  if (family === undefined) return undefined;
  return family === '6' ? 6 : 4;
}
