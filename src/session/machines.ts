import type { Survey } from '../gc/found.ts';
import type { SshReach } from '../hosts/ssh.ts';
import { desiredGraph } from '../model/graph.ts';
import { untilAborted } from './abort.ts';
import type { Shells } from './engine.ts';
import type { Session } from './session.ts';
import type { Target } from './target.ts';

/** How a machine is reached that no file speaks of. */
export type MachineReach = SshReach;

/** Opens machines without a topology (this one where none is named), lets `work` use them, and closes them whatever happens. */
export async function withMachines<T>(
  session: Session,
  reaches: ReadonlyMap<string, MachineReach>,
  work: (shells: Shells) => Promise<T>,
): Promise<T> {
  const { engine, signal } = session;
  const shells = await untilAborted(signal, engine.openMachines(reaches));
  try {
    return await untilAborted(signal, work(shells));
  } finally {
    await engine.close(shells);
  }
}

/** Looks on machines for whatever names a topology. */
export async function surveyMachines(session: Session, shells: Shells): Promise<Survey> {
  return session.engine.survey(shells);
}

/** Machines with nothing of a topology on them, whose file is not there: only what is marked is known for its own. */
export function withoutTopology(topology: string, shells: Shells): Target {
  return { graph: desiredGraph(topology, [...shells.keys()], []), shells };
}

/** Takes away the files of locks that killed sessions left: such a file goes with a lock that is given back. Who holds one now keeps it. */
export async function sweepLocks({ engine }: Session, shells: Shells): Promise<void> {
  await engine.lock(shells);
  await engine.unlock(shells);
}
