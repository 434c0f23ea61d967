import { createHash } from 'node:crypto';

function digest(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** Device name of the switch that stands for a physical network. */
export function switchName(physicalNetwork: string): string {
  return `sw-${digest(physicalNetwork).slice(0, 11)}`;
}

/** Device name of the switch's end of the cable to a NIC. */
export function cableName(member: string, nic: string): string {
  return `cb-${digest(`${member}/${nic}`).slice(0, 11)}`;
}

/** MAC address of a NIC whose file names none: locally administered, the same every time. */
export function derivedMac(topology: string, member: string, nic: string): string {
  const hex = digest(`${topology}/${member}/${nic}`);
  return ['02', ...[0, 2, 4, 6, 8].map((at) => hex.slice(at, at + 2))].join(':');
}

/** A short mark of a value, to see whether it changed. */
export function versionOf(value: unknown): string {
  return digest(JSON.stringify(value)).slice(0, 12);
}
