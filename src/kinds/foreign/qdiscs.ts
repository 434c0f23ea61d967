import { attachedQdiscs } from '../../kernel/links/qdiscs.ts';
import type { NamespaceView } from '../../model/probe.ts';
import { running, type Found } from './found.ts';

/** Yields qdiscs that a program attached to a device. */
export function* foreignQdiscs(namespace: NamespaceView): Iterable<Found> {
  for (const { device, kind, at } of attachedQdiscs(namespace)) {
    yield {
      name: `qdisc ${kind} dev ${device}`,
      why: `can delay or drop what ${device} ${at === 'root' ? 'sends' : 'receives'}`,
      removal: running('tc', 'qdisc', 'del', 'dev', device, at),
      device,
    };
  }
}
