import type { DriftReason } from '../model/event.ts';
import type { Netns } from '../model/resource.ts';

/** Why a namespace is to be looked at, and when that was last heard, on the clock of the node. */
export interface Spoke {
  readonly reason: DriftReason;
  readonly time: number;
}

/** What is to be looked at. Nothing of it was looked at since it was noted. */
export interface Look {
  /** When the first of it was noted. */
  readonly since: number;
  /** The file. `forced`: even if it has not changed. */
  readonly file?: 'saved' | 'forced';
  /** Everything on all nodes. */
  readonly everything?: true;
  /** Namespaces by node; with `everything` there is no need of them. */
  readonly nodes: ReadonlyMap<string, ReadonlyMap<Netns, Spoke>>;
}

/** Returns the look with a namespace more. A stronger reason stays. */
export function withSpoken(look: Look, node: string, netns: Netns, { reason, time }: Spoke): Look {
  const known = look.nodes.get(node);
  const before = known?.get(netns);
  const kept = before !== undefined && before.reason !== 'kernel' ? before.reason : reason;
  const spoke = { reason: kept, time: Math.max(time, before?.time ?? 0) };
  return { ...look, nodes: new Map([...look.nodes, [node, new Map([...(known ?? []), [netns, spoke]])]]) };
}

/** Returns a look with nothing in it. */
export function emptyLook(since: number): Look {
  return { since, nodes: new Map() };
}
