import path from 'node:path';
import { RunStore } from '../archive/store.ts';
import { zipped } from '../archive/zipped.ts';
import { heldPath } from '../compile/learn-held.ts';
import { stateDir } from '../lab/index.ts';
import { IMPACTS, type Action } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ApplyEvent } from '../model/event.ts';
import type { Plan } from '../model/plan.ts';
import type { ArchiveOptions, Run, RunClient, RunCommand, RunDecision, RunOutcome } from '../model/run.ts';
import { encodeState } from '../snapshot/encode.ts';
import { inBrief, runDocument, runLog, type RunEnding } from '../snapshot/run-details.ts';
import type { Source } from '../topology/read.ts';
import type { PlanResult } from './engine.ts';
import { recordSource } from './recorded-source.ts';
import type { Session } from './session.ts';
import { stateOf } from './state.ts';

/** What is archived of a run besides its plan and effect. */
export interface RunInfo {
  readonly command: RunCommand;
  readonly lab: boolean;
  readonly source?: Source | undefined;
  /** The run that it undoes. */
  readonly undoes?: number;
  /** Tells the windows of its nodes, if it is to be confirmed. */
  readonly window?: string | undefined;
}

/** Returns the runs of a topology. Those in a lab are in the lab's folder, and removed with it. */
export function runsOf({ folder }: ArchiveOptions, topology: string, lab: boolean): RunStore {
  return new RunStore(lab ? path.join(stateDir(topology), 'runs') : path.join(folder, 'runs', topology));
}

/** The archive's part of a run. */
export interface Recording {
  readonly onEvent: (event: ApplyEvent) => void;
  /** Archives the end of the run. Returns warnings. */
  end(end: RunEnd): Promise<readonly Diagnostic[]>;
}

/** How a run ended. */
export interface RunEnd {
  readonly outcome: RunOutcome;
  readonly diagnostics: readonly Diagnostic[];
  /** The last reading; absent: the nodes were not read again. */
  readonly final?: PlanResult | undefined;
  /** The nodes that kept it, of a run that others reverted. */
  readonly kept?: readonly string[];
}

/**
 * Begins to archive a run, before anything is changed: a run that is killed is archived as unfinished, with the state
 * before. A run that changed nothing is removed. What fails is a warning (NLX45), and never stops the run.
 */
export async function beginRun(session: Session, first: PlanResult, info: RunInfo): Promise<Recording | undefined> {
  const { archive, shell, now } = session;
  if (archive === undefined) return undefined;
  const { plan } = first;
  const { command, lab, source, undoes, window } = info;
  const { client = '' } = shell;
  const store = runsOf(archive, plan.topology, lab);
  const log = runLog();
  const time = (): string => new Date(now()).toISOString();
  const begun = {
    command,
    topology: plan.topology,
    lab,
    netloom: archive.version,
    client: clientOf(client),
    started: time(),
    outcome: 'unfinished',
    nodes: [...first.views.keys()],
    changed: counted(plan),
    impact: worst(plan),
    ...(window !== undefined && { window }),
    ...(undoes !== undefined && { undoes }),
  } as const;
  const textOfState = (result: PlanResult): string =>
    encodeState(
      stateOf(result),
      { version: archive.version, time: new Date(now()) },
      new Set([heldPath(plan.topology)]),
      'line',
    );
  const before = textOfState(first);
  const document = runDocument({ ...(source && { source: recordSource(source) }), plan, before });
  const beginning = zipped(document.beginning);
  const details = async (ending: RunEnding) => Promise.all([beginning, zipped(document.ending(ending))]);
  let run: Run | undefined;
  let failure: unknown;
  try {
    run = await store.add(begun, await details({ rounds: [], diagnostics: [] }));
  } catch (error) {
    failure = error;
  }
  return {
    onEvent: log.onEvent,
    async end({ outcome, diagnostics, final, kept }) {
      if (run === undefined) return [notArchived(failure)];
      try {
        const rounds = log.rounds();
        const isUntouched = rounds.every(({ batches }) => batches.every((batch) => batch.outcome === 'not-begun'));
        if (isUntouched) {
          await store.remove(run.number);
          return [];
        }
        const after = final && { after: textOfState(final) };
        const ended: Run = { ...run, outcome, ended: time(), ...(kept && { kept }) };
        await store.replace(ended, await details({ rounds, diagnostics: diagnostics.map(inBrief), ...after }));
        if (undoes !== undefined && outcome === 'settled') await markReverted(store, undoes, undoneBy(ended));
        return [];
      } catch (error) {
        return [notArchived(error)];
      }
    },
  };
}

/** An undo of these nodes. */
interface UndoneBy {
  readonly nodes: readonly string[];
  readonly mark: NonNullable<Run['reverted']>;
}

function undoneBy({ number, nodes, client, started, ended = started }: Run): UndoneBy {
  return { nodes, mark: { by: number, client, time: ended } };
}

/**
 * Archives that an undo found nothing to do: the nodes are as they were before the run, so the next undo goes on before
 * it. Returns warnings.
 */
export async function recordUndone(
  session: Session,
  { plan, views }: PlanResult,
  { undoes, lab }: Pick<RunInfo, 'undoes' | 'lab'>,
): Promise<readonly Diagnostic[]> {
  const { archive, shell, now } = session;
  if (archive === undefined || undoes === undefined) return [];
  try {
    const mark = { client: clientOf(shell.client ?? ''), time: new Date(now()).toISOString() };
    await markReverted(runsOf(archive, plan.topology, lab), undoes, { nodes: [...views.keys()], mark });
    return [];
  } catch (error) {
    return [notArchived(error)];
  }
}

/**
 * Marks a run, and those after it, as reverted by an undo, unless this worked on a part of their nodes. What an undo
 * had reverted that is itself reverted now holds again.
 */
async function markReverted(store: RunStore, from: number, { nodes, mark }: UndoneBy): Promise<void> {
  for (const run of await store.list()) {
    const { reverted, ...others } = run;
    if (run.number >= (mark.by ?? Infinity) || !run.nodes.every((node) => nodes.includes(node))) continue;
    if (run.number < from) {
      if (reverted?.by !== undefined && reverted.by >= from) await store.replace(others);
    } else if (reverted === undefined) await store.replace({ ...run, reverted: mark });
  }
}

/**
 * Archives what this client, or a node's timer, decided about a run of another client, if the run is of this archive. A
 * decision that cannot be archived is carried out all the same.
 */
export async function recordDecision(
  session: Session,
  { topology, lab, window }: { readonly topology: string; readonly lab: boolean; readonly window: string },
  decided: Pick<RunDecision, 'decision' | 'kept' | 'reverted' | 'whole'> & { readonly client?: RunClient },
): Promise<readonly Diagnostic[]> {
  const { archive, shell, now } = session;
  if (archive === undefined) return [];
  try {
    const store = runsOf(archive, topology, lab);
    const run = (await store.list()).find((each) => each.window === window);
    if (run === undefined) return [];
    const time = new Date(now()).toISOString();
    await store.decide(run.number, { client: clientOf(shell.client ?? ''), ...decided, time });
    return [];
  } catch (error) {
    return [notArchived(error)];
  }
}

/** Returns who started a run from the lines of `holderText`. */
function clientOf(text: string): RunClient {
  const pairs = text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function counted({ changes }: Plan): Readonly<Record<Action, number>> {
  const number = (action: Action): number => changes.filter((change) => change.action === action).length;
  return { create: number('create'), update: number('update'), replace: number('replace'), delete: number('delete') };
}

function worst({ changes }: Plan): Run['impact'] {
  const ranks = changes.map(({ impact }) => IMPACTS.indexOf(impact));
  return IMPACTS[Math.max(0, ...ranks)] ?? 'none';
}

function notArchived(error: unknown): Diagnostic {
  const why = error instanceof Error ? error.message : String(error);
  return {
    code: 'NLX45',
    severity: 'warning',
    summary: `the run could not be archived: ${why}`,
    detail: 'What it did to the nodes is not affected; `history` and `undo` know at most that it began.',
    hint: 'free some space, or make the folder writable for the next run',
  };
}
