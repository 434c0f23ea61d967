import type { NodeChoice } from './choice.ts';
import type { PlanResult, Shells, Views } from './engine.ts';
import { keepShells } from './kept-shells.ts';
import { keepDesired } from './kept-desired.ts';
import { withHeld } from './held.ts';
import type { Session } from './session.ts';
import { planOrThrow, type Target } from './target.ts';
import type { Desired } from './desired.ts';

/** One run of a watch. */
export interface Turn {
  /** Returns the desired state of the file now. @throws DiagnosticError with every error in it */
  desired(): Promise<Desired>;
  /** Plans, and lets `work` use the plan. @throws DiagnosticError with the errors of the plan */
  planned<T>(desired: Desired, work: (target: Target, first: PlanResult) => Promise<T>): Promise<T>;
}

/** How a file is watched. */
export interface WatchOptions {
  readonly lab: boolean;
  readonly choice?: NodeChoice;
  /** Create also what a node that is left out may still have. */
  readonly allowMoves?: boolean;
  /** Delete foreign objects in namespaces of the topology that can disturb its traffic. */
  readonly healForeign?: boolean;
  /** Applies the file as it is; returns true on success. If it throws, the watch ends. */
  readonly run: (turn: Turn) => Promise<boolean>;
}

/** The work done while a saved file settles: reading the nodes, and planning for the file as it was then. */
interface Prepared {
  readonly reading: Promise<Views>;
  readonly planned?: {
    readonly desired: Desired;
    /** The same with what the nodes hold. */
    readonly held: Promise<Desired>;
    readonly plan: Promise<PlanResult>;
  };
}

/** Runs now and after every save, over the same shells, until the session is aborted. */
export async function watchFile(
  session: Session,
  file: string,
  { lab, choice = {}, allowMoves = false, healForeign, run }: WatchOptions,
): Promise<void> {
  const { watch } = await import('../watch/watch.ts');
  const shells = keepShells<Prepared>(session, { lab, choice });
  const { desired, stamps } = keepDesired(session, file, healForeign);
  const turn: Turn = {
    desired,
    planned: (now, work) =>
      shells.use(now.topology, async (open, prepared) => {
        const ready = await prepared;
        const same = ready?.planned?.desired === now ? ready.planned : undefined;
        let reading = ready?.reading;
        const read = () => (reading ??= session.engine.read(now.topology.doc.name, open));
        const held = await (same?.held ?? withHeld(session, now, read, lab));
        const target: Target = { ...held, shells: open, allowMoves, ...(reading && { reading }) };
        const first = await (same?.plan ?? planOrThrow(session, target));
        const told = held.warnings.filter((warning) => !now.warnings.includes(warning));
        return work(target, told.length === 0 ? first : { ...first, diagnostics: [...told, ...first.diagnostics] });
      }),
  };
  try {
    await watch(file, {
      signal: session.signal,
      run: () =>
        run(turn).finally(() => {
          session.interrupts.release();
        }),
      stamps,
      prepare: () => {
        shells.prepare((open, topology) => prepareRun(session, desired, { shells: open, topology, lab, allowMoves }));
      },
      onEvent: (event) => {
        session.tell({ ...event, file });
      },
    });
  } finally {
    await shells.close();
  }
}

async function prepareRun(
  session: Session,
  desired: () => Promise<Desired>,
  {
    shells,
    topology,
    lab,
    allowMoves,
  }: { readonly shells: Shells; readonly topology: string; readonly lab: boolean; readonly allowMoves: boolean },
): Promise<Prepared> {
  const reading = session.engine.read(topology, shells);
  reading.catch(() => undefined);
  // If the file still has the error, the run reports it.
  const now = await desired().catch(() => undefined);
  if (now === undefined) return { reading };
  const held = withHeld(session, now, () => reading, lab);
  const plan = held.then((desired) => planOrThrow(session, { ...desired, shells, reading, allowMoves }));
  plan.catch(() => undefined);
  return { reading, planned: { desired: now, held, plan } };
}
