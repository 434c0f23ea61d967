import { takenAddresses } from '../kinds/collisions.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Held } from '../model/held.ts';
import type { NodeView } from '../model/probe.ts';

/** Returns what is held together with the addresses of others on the wire, which no derived address may be. */
export function withTaken(held: Held, { segments, topology }: DesiredGraph, views: Iterable<NodeView>): Held {
  if (segments === undefined) return held;
  const macs = [...held.ports.values()].flatMap(({ mac }) => mac ?? []);
  return { ...held, taken: takenAddresses(views, segments, topology, macs) };
}
