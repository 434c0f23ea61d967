import type { Qdisc } from '../../kernel/probes/netlink.ts';
import { running, type Found } from './found.ts';

/** Yields qdiscs that a program attached to a device; those inside another one are deleted with it. */
export function* foreignQdiscs(
  qdiscs: readonly Qdisc[],
  deviceOf: (ifindex: number) => string | undefined,
): Iterable<Found> {
  for (const { ifindex, kind, parent } of qdiscs) {
    const device = deviceOf(ifindex);
    const isIngress = kind === 'ingress' || kind === 'clsact';
    if (device === undefined || (parent !== 'root' && !isIngress)) continue;
    yield {
      name: `qdisc ${kind} dev ${device}`,
      why: `can delay or drop what ${device} ${isIngress ? 'receives' : 'sends'}`,
      removal: running('tc', 'qdisc', 'del', 'dev', device, isIngress ? kind : 'root'),
      device,
    };
  }
}
