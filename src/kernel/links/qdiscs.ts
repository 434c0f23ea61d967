import type { NamespaceView } from '../../model/probe.ts';
import { ipProbe, linkOfIndex } from '../probes/ip.ts';
import { netlinkProbe } from '../probes/netlink.ts';

/** A queueing discipline that a program attached to a device. */
export interface AttachedQdisc {
  readonly ifindex: number;
  readonly device: string;
  /** `netem`, `tbf`, `clsact` and so on. */
  readonly kind: string;
  /** Where tc(8) finds it. Those at `ingress` and `clsact` only hold filters. */
  readonly at: 'root' | 'ingress' | 'clsact';
}

/** Yields the queueing disciplines that programs attached to devices. One inside another is deleted with it. */
export function* attachedQdiscs({ get }: NamespaceView): Iterable<AttachedQdisc> {
  for (const { ifindex, kind, parent } of get(netlinkProbe)?.qdiscs ?? []) {
    const device = linkOfIndex(get(ipProbe), ifindex)?.ifname;
    if (device === undefined) continue;
    if (kind === 'ingress' || kind === 'clsact') yield { ifindex, device, kind, at: kind };
    else if (parent === 'root') yield { ifindex, device, kind, at: 'root' };
  }
}
