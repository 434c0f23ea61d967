import type { Change } from '../../model/change.ts';
import type { DriftedObject, DriftReason, WatchEvent } from '../../model/event.ts';
import { kindWord, type Netns } from '../../model/resource.ts';
import type { Look } from '../../watch/look.ts';

/** What differs in one namespace. */
export interface Drift {
  readonly node: string;
  readonly netns: Netns;
  readonly objects: readonly DriftedObject[];
  readonly reason: DriftReason;
}

/** Groups changes by namespace; the look tells why each was read. */
export function driftsOf(changes: readonly Change[], look: Look): readonly Drift[] {
  const groups = new Map<string, Drift & { readonly objects: DriftedObject[] }>();
  for (const { node, netns, kind, name, address, action, reason: difference } of changes) {
    const key = JSON.stringify([node, netns]);
    const spoke = look.nodes.get(node)?.get(netns)?.reason;
    const reason = spoke ?? (look.everything === true ? 'resync' : 'kernel');
    const group = groups.get(key) ?? { node, netns, objects: [], reason };
    group.objects.push({ address, kind: kindWord(kind), name, action, difference });
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Returns the event that tells of it. */
export function driftEvent({ node, netns, objects, reason }: Drift): WatchEvent {
  return { type: 'drift', node, netns, objects, reason };
}

/** Returns the event that tells that it is healed. */
export function healedEvent({ node, netns, objects }: Drift, milliseconds: number): WatchEvent {
  return { type: 'healed', node, netns, objects: objects.map(({ address }) => address), milliseconds };
}
