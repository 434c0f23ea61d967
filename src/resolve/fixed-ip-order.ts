import type { FixedIp } from './resolved.ts';

/** Returns a port's addresses in the order in which Neutron's agents get them: its database sorts them as text. */
export function inNeutronsOrder(fixedIps: readonly FixedIp[]): readonly FixedIp[] {
  return [...fixedIps].sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** Returns the address that DHCP leases to the guest, if any: dnsmasq uses the last matching line of its hosts file. */
export function leasedOf(fixedIps: readonly FixedIp[]): FixedIp | undefined {
  return inNeutronsOrder(fixedIps).findLast(({ subnet }) => subnet.enableDhcp);
}
