import type { Family } from '../../model/command.ts';

const SWAP_SUFFIX = '-n';

/** Returns the name of the swap set of a set: it is filled, swapped with the set, and destroyed. */
export function swapSetOf(name: string): string {
  return name + SWAP_SUFFIX;
}

/** Returns the name of the set that a swap set belongs to; `undefined` for a name that is no swap set's. */
export function originalOf(name: string): string | undefined {
  return name.endsWith(SWAP_SUFFIX) ? name.slice(0, -SWAP_SUFFIX.length) : undefined;
}

/**
 * Returns the IP version of a set with one of Neutron's names, or of its swap set; `undefined` for any other set, which
 * cannot be ours.
 */
export function familyOfSet(name: string): Family | undefined {
  const family = /^NIPv([46])[0-9a-f-]{1,24}(?:-n)?$/.exec(name)?.[1];
  if (family === undefined) return undefined;
  return family === '6' ? 6 : 4;
}
