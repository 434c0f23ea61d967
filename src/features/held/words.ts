import { withHostLength } from '../../net/address-text.ts';

/** Returns the words that an address is in rules and names of objects: alone, or with the length of a host. */
export function addressWords(address: string): readonly string[] {
  return [address, withHostLength(address)];
}
