import { isShellLost } from '../hosts/errors.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { NodeChoice } from './choice.ts';
import type { Shells } from './engine.ts';
import { openShells } from './network.ts';
import { reachKeyOf } from './pending-nodes.ts';
import type { Session } from './session.ts';

/** The shells of the nodes, kept open from one run to the next. `Prepared` is what is read with them before a run. */
export interface KeptShells<Prepared> {
  /**
   * Starts reading the nodes of the topology of this name, if they are open; the result is given to a `use` that
   * follows soon.
   */
  prepare(start: (shells: Shells, topology: string) => Promise<Prepared>): void;
  /**
   * Lets `work` use the shells of a topology. They are opened again if the nodes or the methods of reaching them have
   * changed. `work` is repeated once, over new shells, if an old one has ended since its last use. It is not repeated
   * after any other failure, because the user may already have given consent.
   */
  use<T>(topology: ValidTopology, work: (shells: Shells, prepared?: Promise<Prepared>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Kept {
  readonly topology: string;
  readonly reachKey: string;
  readonly shells: Shells;
}

/** An older reading is not used. */
const PREPARED_MS = 500;

/** How the shells are opened. */
interface Opening {
  readonly lab: boolean;
  /** Asked before each use: another choice opens them again. */
  readonly choice: (topology: ValidTopology) => NodeChoice;
  readonly onOpen?: (shells: Shells) => Promise<void>;
  readonly onClose?: () => void;
}

/** Returns shells of the chosen nodes that are opened at their first use. */
export function keepShells<Prepared>(
  session: Session,
  { lab, choice, onOpen, onClose }: Opening,
): KeptShells<Prepared> {
  let kept: Kept | undefined;
  let last: { readonly with: Kept; readonly at: number; readonly result: Promise<Prepared> } | undefined;
  const close = async () => {
    const { shells } = kept ?? {};
    kept = undefined;
    if (shells) onClose?.();
    if (shells) await session.engine.close(shells);
  };
  const open = async (topology: ValidTopology) => {
    const chosen = choice(topology);
    const reachKey = JSON.stringify([reachKeyOf(topology), chosen]);
    if (kept?.reachKey === reachKey) return { them: kept, fresh: false };
    await close();
    kept = {
      topology: topology.doc.name,
      reachKey,
      shells: await openShells(session, topology, { lab, choice: chosen }),
    };
    await onOpen?.(kept.shells);
    return { them: kept, fresh: true };
  };
  /** What was read with these shells. It is used once. */
  const preparedWith = (them: Kept): Promise<Prepared> | undefined => {
    const found = last;
    last = undefined;
    return found?.with === them && performance.now() - found.at < PREPARED_MS ? found.result : undefined;
  };
  return {
    prepare(start) {
      if (kept === undefined) return;
      const result = start(kept.shells, kept.topology);
      // The caller that uses it gets the error.
      result.catch(() => undefined);
      last = { with: kept, at: performance.now(), result };
    },
    async use(topology, work) {
      const { them, fresh } = await open(topology);
      try {
        return await work(them.shells, preparedWith(them));
      } catch (error) {
        if (!isShellLost(error)) throw error;
        await close();
        if (fresh) throw error;
        return work((await open(topology)).them.shells);
      }
    },
    close,
  };
}
