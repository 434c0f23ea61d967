import type { NodeChoice } from './choice.ts';
import type { Desired } from './desired.ts';
import type { Shells, Views } from './engine.ts';
import { withHeld } from './held.ts';
import { openShells } from './network.ts';
import type { Session } from './session.ts';

/** Returns the desired state with what the chosen nodes hold. They are opened only if the file derives anything. */
export async function heldInNodes(
  session: Session,
  desired: Desired,
  opening: { readonly lab: boolean; readonly choice: NodeChoice },
): Promise<Desired> {
  let shells: Shells | undefined;
  try {
    const read = async (): Promise<Views> => {
      shells = await openShells(session, desired.topology, opening);
      return session.engine.read(desired.topology.doc.name, shells);
    };
    return await withHeld(session, desired, read, opening.lab);
  } finally {
    if (shells) await session.engine.close(shells);
  }
}
