import { formatMark, parseMark } from '../../model/mark.ts';

const NIC_TOKEN = 'nic=';

/** The mark of a bridge names the NIC it borrowed, so that a stranger's port is never taken for it. */
export function bridgeAlias(topology: string, nic: string | undefined): string {
  return formatMark({ topology, pending: nic === undefined ? [] : [NIC_TOKEN + nic] });
}

/** The NIC a bridge's alias says it borrowed. */
export function borrowedNic(ifalias: string | undefined): string | undefined {
  const token = parseMark(ifalias)?.pending.find((t) => t.startsWith(NIC_TOKEN));
  return token?.slice(NIC_TOKEN.length);
}

/** The label of an address that netloom put on a device of the node itself: the kernel keeps 15 characters, the device's name first. */
export function nicLabel(device: string): string {
  return `${device}:netloom`.slice(0, 15);
}
