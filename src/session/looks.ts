import type { NodeChoice } from './choice.ts';
import type { Desired } from './desired.ts';
import type { PlanResult } from './engine.ts';
import { withHeld } from './held.ts';
import { keepDesired } from './kept-desired.ts';
import { keepShells } from './kept-shells.ts';
import type { Session } from './session.ts';
import { planWithErrors, type Target } from './target.ts';

/** What a client sees that looks at a network again and again: the file and the nodes as they are now. */
export interface Look {
  readonly desired: Desired;
  readonly target: Target;
  /** What an apply would change, with its errors. */
  readonly result: PlanResult;
}

/** Looks at the network of a file again and again, over the same shells. */
export interface Looker {
  /**
   * Reads the file and the nodes, and lets `work` use what was seen.
   * @throws DiagnosticError with the errors of the file, or with the nodes that cannot be reached
   */
  look<T>(work: (look: Look) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Keeps the shells of the chosen nodes, and the compiled file, from one look to the next. Nothing is changed. */
export function keepLooking(
  session: Session,
  file: string,
  { lab, choice = {} }: { readonly lab: boolean; readonly choice?: NodeChoice },
): Looker {
  const shells = keepShells<undefined>(session, { lab, choice: () => choice });
  const { desired } = keepDesired(session, file);
  return {
    async look(work) {
      const now = await desired();
      return shells.use(now.topology, async (open) => {
        const reading = session.engine.read(now.topology.doc.name, open);
        // The plan reports it, unless something else fails before.
        reading.catch(() => undefined);
        const held = await withHeld(session, now, () => reading, lab);
        const target: Target = { ...held, shells: open, reading };
        return work({ desired: held, target, result: await planWithErrors(session, target) });
      });
    },
    close: () => shells.close(),
  };
}
