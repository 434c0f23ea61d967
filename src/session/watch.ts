import type { PlanResult, Shells, Views } from './engine.ts';
import { keepShells } from './kept-shells.ts';
import { keepDesired } from './kept-desired.ts';
import type { Session } from './session.ts';
import { planOrThrow, type Target } from './target.ts';
import type { Desired } from './desired.ts';

/** One run of a watch. */
export interface Turn {
  /** What the file wants now. Every mistake in it is thrown. */
  wanted(): Promise<Desired>;
  /** Plans what is wanted, and lets `work` use the plan. What speaks against it is thrown. */
  planned<T>(wanted: Desired, work: (target: Target, first: PlanResult) => Promise<T>): Promise<T>;
}

/** How a file is watched. */
export interface WatchOptions {
  readonly lab: boolean;
  /** Does what there is to do with the file as it is; true when all went well. What it throws ends the watch. */
  readonly run: (turn: Turn) => Promise<boolean>;
}

/** What is found out while a saved file is waited for to be quiet: what stands, and what the file as it was then would change. */
interface Ahead {
  readonly reading: Promise<Views>;
  readonly planned?: { readonly wanted: Desired; readonly plan: Promise<PlanResult> };
}

/** Runs now, and again whenever the file has been saved, over the same shells, until the session's signal. */
export async function watchFile(session: Session, file: string, { lab, run }: WatchOptions): Promise<void> {
  const { watch } = await import('../watch/watch.ts');
  const shells = keepShells<Ahead>(session, lab);
  const { desired: wanted, stamps } = keepDesired(session, file);
  const turn: Turn = {
    wanted,
    planned: (now, work) =>
      shells.use(now.topology, async (open, ahead) => {
        const { planned, reading } = (await ahead) ?? {};
        const target: Target = { graph: now.graph, shells: open, ...(reading && { reading }) };
        const first = planned?.wanted === now ? await planned.plan : await planOrThrow(session, target);
        return work(target, first);
      }),
  };
  try {
    await watch(file, {
      signal: session.signal,
      run: () => run(turn),
      stamps,
      ahead: () => {
        shells.lookAhead((open, topology) => planAhead(session, wanted, open, topology));
      },
      onEvent: (event) => {
        session.tell({ ...event, file });
      },
    });
  } finally {
    await shells.close();
  }
}

async function planAhead(
  session: Session,
  wanted: () => Promise<Desired>,
  shells: Shells,
  topology: string,
): Promise<Ahead> {
  const reading = session.engine.read(topology, shells);
  reading.catch(() => undefined);
  // The run is told what is wrong with the file, if that is still so.
  const now = await wanted().catch(() => undefined);
  if (now === undefined) return { reading };
  const plan = planOrThrow(session, { graph: now.graph, shells, reading });
  plan.catch(() => undefined);
  return { reading, planned: { wanted: now, plan } };
}
