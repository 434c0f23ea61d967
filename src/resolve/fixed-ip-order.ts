import type { FixedIp } from './resolved.ts';

/** A port's addresses as Neutron's agents get them: its database sorts them as text. */
export function inNeutronsOrder(fixedIps: readonly FixedIp[]): readonly FixedIp[] {
  return [...fixedIps].sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** The address of a port that DHCP gives its guest, if any: one only, for dnsmasq takes the last line of its hosts file that fits. */
export function leasedOf(fixedIps: readonly FixedIp[]): FixedIp | undefined {
  return inNeutronsOrder(fixedIps).findLast(({ subnet }) => subnet.enableDhcp);
}
