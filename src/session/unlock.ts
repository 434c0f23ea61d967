import type { HeldLock } from '../model/host.ts';
import { isRevert } from '../hosts/window/window.ts';
import { untilAborted } from './abort.ts';
import { loadOutline } from './desired.ts';
import { withMachines, type MachineReach } from './machines.ts';
import { checkChoice } from './choice.ts';
import type { Session } from './session.ts';

/** A node whose lock is looked at: one of a file, or a machine. */
export type LockedNode =
  | { readonly file: string; readonly node: string; readonly lab: boolean }
  | { readonly reaches: ReadonlyMap<string, MachineReach> };

/** The callbacks of a client, and what it allows. */
export interface UnlockOptions {
  /** End also a revert, which leaves the node half-way. */
  readonly force?: boolean;
  /** Called for a lock that is held. Its holder is ended if this returns true. */
  readonly consent: (node: string, held: HeldLock) => Promise<boolean>;
}

/**
 * The result: the lock was `free`; it was `freed`; the user `kept` it; a revert holds it, which is not ended; processes
 * that cannot be killed hold it; or the holder has ended, and another session has the lock by now, which is not ended.
 */
export interface Unlocked {
  readonly node: string;
  readonly outcome: 'free' | 'freed' | 'kept' | 'reverting' | 'stuck' | 'passed';
  readonly held: HeldLock;
}

/** Ends the holder of a node's lock with its jobs, which frees the lock. The lock's file itself is never deleted. */
export async function unlockNode(
  session: Session,
  at: LockedNode,
  { consent, force = false }: UnlockOptions,
): Promise<Unlocked> {
  return withLockedNode(session, at, async (node, holders) => {
    const held = await holders();
    if (held.processes.length === 0) return { node, outcome: 'free', held };
    if (isRevert(held) && !force) return { node, outcome: 'reverting', held };
    if (!(await consent(node, held))) return { node, outcome: 'kept', held };
    const left = await holders(held);
    const outcome = left.session === held.session ? 'stuck' : 'passed';
    return { node, outcome: left.processes.length === 0 ? 'freed' : outcome, held: left };
  });
}

type Holders = (end?: HeldLock) => Promise<HeldLock>;

async function withLockedNode<T>(
  session: Session,
  at: LockedNode,
  work: (node: string, holders: Holders) => Promise<T>,
): Promise<T> {
  const { engine, signal, shell } = session;
  const on = (shells: Awaited<ReturnType<typeof engine.open>>): Promise<T> => {
    const [node = ''] = shells.keys();
    return work(node, (end) => untilAborted(signal, engine.lockHolders(shells, node, end)));
  };
  if ('reaches' in at) return withMachines(session, at.reaches, on);
  const topology = await loadOutline(session, at.file);
  await checkChoice(topology, { node: [at.node] });
  const shells = await untilAborted(signal, engine.open(topology, { lab: at.lab, nodes: [at.node] }, shell));
  try {
    return await on(shells);
  } finally {
    await engine.close(shells);
  }
}
