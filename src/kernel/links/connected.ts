import { familyOfText } from '../../net/address-text.ts';
import { networkOf } from '../../net/block.ts';
import type { RawAddress } from '../probes/ip.ts';

/** Returns the destination of the connected route of an address; `undefined` if it has none. */
export function connectedTo({
  local = '',
  prefixlen,
  noprefixroute,
  address,
  secondary,
}: RawAddress): string | undefined {
  const hostLength = familyOfText(local) === 6 ? 128 : 32;
  if (noprefixroute === true || address !== undefined || secondary === true || prefixlen >= hostLength)
    return undefined;
  return networkOf(`${local}/${String(prefixlen)}`);
}
