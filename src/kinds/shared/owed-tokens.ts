import type { OwedToken } from '../../model/kind.ts';
import { ipToNumber } from '../../net/ipv4.ts';

/** The token for announcing a device's addresses. */
export function announceToken(device: string): OwedToken {
  return `arp=${device}`;
}

/** The token for forgetting the translated connections of one IPv4 address. */
export function forgetToken(ip: string): OwedToken {
  return `ct=${ipToNumber(ip).toString(16).padStart(8, '0')}`;
}
