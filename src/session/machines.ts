import type { Survey } from '../gc/found.ts';
import type { SshReach } from '../hosts/ssh.ts';
import { desiredGraph } from '../model/graph.ts';
import { untilAborted } from './abort.ts';
import type { Shells } from './engine.ts';
import { noticeReverts } from './open.ts';
import type { Session } from './session.ts';
import type { Target } from './target.ts';

/** The method of reaching a machine that no file names. */
export type MachineReach = SshReach;

/** Opens machines without a topology (this one if none is named), lets `work` use them, and always closes them. */
export async function withMachines<T>(
  session: Session,
  reaches: ReadonlyMap<string, MachineReach>,
  work: (shells: Shells) => Promise<T>,
): Promise<T> {
  const { engine, signal, shell } = session;
  const shells = await untilAborted(signal, engine.openMachines(reaches, shell));
  try {
    await noticeReverts(session, shells);
    return await untilAborted(signal, work(shells));
  } finally {
    await engine.close(shells);
  }
}

/** Finds all objects on machines that name a topology. */
export async function surveyMachines(session: Session, shells: Shells): Promise<Survey> {
  return session.engine.survey(shells);
}

/** Returns a target with an empty desired state, for a topology without a file: only its marks tell what is ours. */
export function targetWithoutFile(topology: string, shells: Shells): Target {
  return { graph: desiredGraph(topology, [...shells.keys()], []), shells };
}

/** Deletes lock files that killed sessions left; releasing a lock deletes its file. A lock that is held now is kept. */
export async function sweepLocks({ engine }: Session, shells: Shells): Promise<void> {
  await engine.lock(shells, { waitMs: 0 });
  await engine.unlock(shells);
}
