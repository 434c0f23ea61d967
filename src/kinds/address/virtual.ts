import type { RawAddress } from '../../kernel/probes/ip.ts';

/**
 * Returns true for an address as keepalived adds it: without the broadcast address that each IPv4 address of ours has,
 * or an IPv6 /128 that no packet has as its source. It tells a VRRP daemon's addresses only where such a daemon runs.
 */
export function isVirtual(raw: RawAddress): boolean {
  const { family, broadcast, prefixlen, preferred_life_time: preferred } = raw;
  if (raw.scope !== 'global') return false;
  return family === 'inet' ? broadcast === undefined : prefixlen === 128 && preferred === 0;
}
