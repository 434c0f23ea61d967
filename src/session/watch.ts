import { DiagnosticError } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { Ended, Work } from '../watch/watch.ts';
import { chosenNodes, type NodeChoice } from './choice.ts';
import type { PlanResult, Shells, Views } from './engine.ts';
import { keepShells } from './kept-shells.ts';
import { keepDesired } from './kept-desired.ts';
import { withHeld } from './held.ts';
import type { Session } from './session.ts';
import { planWithErrors, withoutErrors, type Target } from './target.ts';
import type { Desired } from './desired.ts';
import { NodesUnreachable } from './unreachable.ts';
import { endedOf, type Ran } from './watch/ended.ts';
import { Keeper, type Heal, type Mend } from './watch/keeper.ts';
import type { Onlooker } from './watch/onlooker.ts';

export type { Ran };

/** One run of a watch. */
export interface Turn {
  /** Returns the desired state of the file now. @throws DiagnosticError with every error in it */
  desired(): Promise<Desired>;
  /** Plans, and lets `work` use the plan. @throws DiagnosticError with the errors of the plan */
  planned<T extends Ran>(desired: Desired, work: (target: Target, first: PlanResult) => Promise<T>): Promise<T>;
}

/** How a file is watched. */
export interface WatchOptions {
  readonly lab: boolean;
  readonly choice?: NodeChoice;
  /** Create also what a node that is left out may still have. */
  readonly allowMoves?: boolean;
  /** Delete foreign objects in namespaces of the topology that can disturb its traffic. */
  readonly healForeign?: boolean;
  /** What is done between saves about what differs from the file. Default: `off`. */
  readonly heal?: Heal;
  /** How often everything is read, in milliseconds; by default never. */
  readonly resyncMs?: number;
  /** Look at the files so often, in milliseconds; by default where the file system reports no events. */
  readonly pollMs?: number;
  /** Called with a function that has everything read again, and ends standing still. */
  readonly onAgain?: (again: () => void) => void;
  readonly onlooker?: Onlooker;
  /** Plans with errors are given to `run`, too, and are no failure: nothing is to be applied. */
  readonly plansWithErrors?: boolean;
  /** Applies the file as it is. If it throws, the watch ends. */
  readonly run: (turn: Turn) => Promise<Ran>;
  /** Puts right what differs from the file as it was applied. If it throws, the watch ends. */
  readonly mend?: Mend;
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

/**
 * Runs now and after every save, over the same shells, until the session is aborted; in between it keeps the network as
 * the last good version of the file says.
 */
export async function watchFile(session: Session, file: string, options: WatchOptions): Promise<void> {
  const { lab, choice = {}, allowMoves = false, heal = 'off', run, onlooker } = options;
  const { watch } = await import('../watch/watch.ts');
  const plan = async (target: Target): Promise<PlanResult> => {
    const result = await planWithErrors(session, target);
    return options.plansWithErrors === true ? result : withoutErrors(target, result);
  };
  const keeper = new Keeper(session, { heal, allowMoves, file, plan, ...(onlooker && { onlooker }) });
  /** The nodes that failed, and are left out until they are retried. */
  let without: ReadonlySet<string> = new Set();
  const chosen = (topology: ValidTopology): NodeChoice => withoutNodes(topology, choice, without);
  const shells = keepShells<Prepared>(session, {
    lab,
    choice: chosen,
    onOpen: (open) => keeper.open(open),
    onClose: () => {
      keeper.close();
    },
  });
  const { desired, stamps } = keepDesired(session, file, options.healForeign);
  let isFileBad = false;
  let last: Desired | undefined;
  /** The nodes that could not be reached in this run. */
  let lost = new Map<string, string>();
  /** Lets `work` use the shells of the nodes that can be reached. */
  const reaching = async <T>(
    topology: ValidTopology,
    work: (open: Shells, prepared?: Promise<Prepared>) => Promise<T>,
  ): Promise<T> => {
    try {
      return await shells.use(topology, work);
    } catch (error) {
      if (!(error instanceof NodesUnreachable) || error.all) throw error;
      const why = error.diagnostics[0]?.summary ?? '';
      onlooker?.missed(error.diagnostics);
      lost = new Map([...lost, ...error.nodes.map((node) => [node, why] as const)]);
      without = new Set([...without, ...error.nodes]);
      return reaching(topology, work);
    }
  };
  const turn: Turn = {
    async desired() {
      isFileBad = true;
      last = await desired();
      isFileBad = false;
      return last;
    },
    planned: (now, work) =>
      reaching(now.topology, async (open, prepared) => {
        const ready = await prepared;
        const same = ready?.planned?.desired === now ? ready.planned : undefined;
        let reading = ready?.reading;
        const read = () => (reading ??= keeper.readings.full(now.topology.doc.name, open));
        const held = await (same?.held ?? withHeld(session, now, read, lab));
        const reread = (plan: Plan) => keeper.reread(plan, now.topology.doc.name, open);
        const target: Target = { ...held, shells: open, allowMoves, reread, ...(reading && { reading }) };
        const first = await (same?.plan ?? plan(target));
        onlooker?.saw({ desired: held, result: first });
        const told = held.warnings.filter((warning) => !now.warnings.includes(warning));
        const shown = told.length === 0 ? first : { ...first, diagnostics: [...told, ...first.diagnostics] };
        const ran = await work(target, shown);
        const { final } = ran;
        if (final && final !== first && final !== shown) onlooker?.saw({ desired: held, result: final });
        await keeper.ran(held, ran);
        return ran;
      }),
  };
  /** Does the work of one look, on all nodes but those that are backed off from. */
  const on = async (work: Work, task: () => Promise<Ended>): Promise<Ended> => {
    without = new Set(work.without);
    lost = new Map();
    try {
      const ended = await task();
      return lost.size === 0 ? ended : { ...ended, failed: new Map([...lost, ...(ended.failed ?? [])]) };
    } finally {
      session.interrupts.release();
    }
  };
  const nodesNow = (topology: ValidTopology | undefined): readonly string[] =>
    topology === undefined ? [] : (chosenNodes(topology, chosen(topology)) ?? Object.keys(topology.doc.nodes ?? {}));
  try {
    await watch(file, {
      signal: session.signal,
      ...(options.resyncMs !== undefined && { resyncMs: options.resyncMs }),
      ...(options.pollMs !== undefined && { pollMs: options.pollMs }),
      run: (work) =>
        on(work, async () => {
          const ran = await run(turn);
          if (ran.outcome === 'error') onlooker?.failed(ran.diagnostics);
          return endedOf(ran, nodesNow(last?.topology), isFileBad);
        }),
      ...(heal !== 'off' && {
        check: (look, work: Work) =>
          on(work, async () => {
            const enforced = keeper.enforced;
            if (enforced === undefined) return { outcome: 'nothing' };
            const { mend } = options;
            const check = (open: Shells): Promise<Ended> =>
              keeper.check(look, open, { differs: work.differs, ...(mend && { mend }) });
            return reaching(enforced.topology, check).catch((error: unknown) => {
              if (!(error instanceof DiagnosticError)) throw error;
              onlooker?.failed(error.diagnostics);
              return keeper.failed(error.diagnostics, nodesNow(enforced.topology));
            });
          }),
      }),
      stamps,
      prepare: () => {
        shells.prepare((open, topology) =>
          prepareRun(session, desired, {
            reading: keeper.readings.full(topology, open),
            shells: open,
            lab,
            allowMoves,
            plan,
          }),
        );
      },
      connect: ({ spoken, again }) => {
        keeper.connect(spoken);
        options.onAgain?.(() => {
          keeper.contest.forget();
          again();
        });
      },
      ...(onlooker && {
        onState: (state) => {
          onlooker.stood(state);
        },
      }),
      onEvent: (event) => {
        session.tell({ ...event, file });
      },
    });
  } finally {
    await shells.close();
  }
}

/** Returns the choice without these nodes, if any node is left then. */
function withoutNodes(topology: ValidTopology, choice: NodeChoice, without: ReadonlySet<string>): NodeChoice {
  const names = [...without].filter((name) => topology.doc.nodes?.[name] !== undefined);
  if (names.length === 0) return choice;
  const rest = { ...choice, except: [...new Set([...(choice.except ?? []), ...names])] };
  return chosenNodes(topology, rest)?.length === 0 ? choice : rest;
}

async function prepareRun(
  session: Session,
  desired: () => Promise<Desired>,
  {
    reading,
    shells,
    lab,
    allowMoves,
    plan,
  }: {
    readonly reading: Promise<Views>;
    readonly shells: Shells;
    readonly lab: boolean;
    readonly allowMoves: boolean;
    readonly plan: (target: Target) => Promise<PlanResult>;
  },
): Promise<Prepared> {
  reading.catch(() => undefined);
  // If the file still has the error, the run reports it.
  const now = await desired().catch(() => undefined);
  if (now === undefined) return { reading };
  const held = withHeld(session, now, () => reading, lab);
  const planned = held.then((desired) => plan({ ...desired, shells, reading, allowMoves }));
  planned.catch(() => undefined);
  return { reading, planned: { desired: now, held, plan: planned } };
}
