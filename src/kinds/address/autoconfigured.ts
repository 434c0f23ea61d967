import type { RawAddress } from '../../kernel/probes/ip.ts';

/** An EUI-64 interface identifier: the first half of a MAC, ff:fe, the second half. */
const OF_A_MAC = /:[0-9a-f]{0,2}ff:fe[0-9a-f]{2}:[0-9a-f]{1,4}$/;

/**
 * True for an IPv6 address that nobody configured: from a router advertisement, or the link-local one that the kernel
 * gives every device that is up, made of its MAC or a secret. A changed MAC leaves the old address behind, so an
 * address made of any MAC counts.
 */
export function isAutoconfigured(raw: RawAddress): boolean {
  if (raw.family !== 'inet6') return false;
  if (raw.dynamic === true) return true;
  return raw.scope === 'link' && (raw['stable-privacy'] === true || OF_A_MAC.test(raw.local ?? ''));
}
