import { createHash } from 'node:crypto';

function digest(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** Returns the device name of the switch that represents a physical network. */
export function switchName(physicalNetwork: string): string {
  return `sw-${digest(physicalNetwork).slice(0, 11)}`;
}

/** Returns the device name of the switch's end of the cable to a NIC. */
export function cableName(member: string, nic: string): string {
  return `cb-${digest(`${member}/${nic}`).slice(0, 11)}`;
}

/** Returns the MAC address of a NIC without a given one: locally administered, the same every time. */
export function derivedMac(topology: string, member: string, nic: string): string {
  const hex = digest(`${topology}/${member}/${nic}`);
  return ['02', ...[0, 2, 4, 6, 8].map((at) => hex.slice(at, at + 2))].join(':');
}

/** Returns a short digest of a value, which shows whether it changed. */
export function versionOf(value: unknown): string {
  return digest(JSON.stringify(value)).slice(0, 12);
}
