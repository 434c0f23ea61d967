import type { RawAddress } from '../../kernel/probes/ip.ts';

/** An interface identifier that was made of a MAC: its first half, ff:fe, its second half. */
const OF_A_MAC = /:[0-9a-f]{0,2}ff:fe[0-9a-f]{2}:[0-9a-f]{1,4}$/;

/**
 * An IPv6 address that came by itself: by a router advertisement, or a link-local one that the kernel gives every device that is up, from its
 * MAC or a secret. A MAC that has changed leaves the old one behind, so any MAC counts.
 */
export function isKernelMade(raw: RawAddress): boolean {
  if (raw.family !== 'inet6') return false;
  if (raw.dynamic === true) return true;
  return raw.scope === 'link' && (raw['stable-privacy'] === true || OF_A_MAC.test(raw.local ?? ''));
}
