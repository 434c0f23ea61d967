import type { RawAddress } from '../../kernel/probes/ip.ts';

/** An EUI-64 interface identifier: the first half of a MAC, ff:fe, the second half. */
const OF_A_MAC = /:[0-9a-f]{0,2}ff:fe[0-9a-f]{2}:[0-9a-f]{1,4}$/;

/**
 * Returns true for an autoconfigured IPv6 address: one from a router advertisement, or the link-local address that the
 * kernel derives from a device's MAC or a secret when it is up. After a change of the MAC the old address remains, so
 * an address derived from any MAC counts.
 */
export function isAutoconfigured(raw: RawAddress): boolean {
  if (raw.family !== 'inet6') return false;
  if (raw.dynamic === true) return true;
  return raw.scope === 'link' && (raw['stable-privacy'] === true || OF_A_MAC.test(raw.local ?? ''));
}
