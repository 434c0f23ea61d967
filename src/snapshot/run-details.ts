import { createHash } from 'node:crypto';
import { batchWithoutSecrets } from '../kinds/sensitive.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ApplyEvent } from '../model/event.ts';
import type { Batch, Plan } from '../model/plan.ts';
import { documentBody } from './decode.ts';
import { planOfRecorded, recordedPlan, type RecordedPlan } from './recorded-plan.ts';

const RUN_VERSION = '2.0';

/** What became of a batch. `not-begun`: netloom was stopped before. */
interface Became {
  readonly outcome: 'not-begun' | 'begun' | 'done' | 'failed' | 'skipped';
  readonly milliseconds?: number;
  /** Of its script. */
  readonly exit_code?: number;
  readonly diagnostics?: readonly Pick<Diagnostic, 'code' | 'severity' | 'summary' | 'detail'>[];
}

interface RanBatch extends Batch, Became {}

/** Batches that were run one after the other: of the plan, of a repair, or of a rollback. */
export interface Round {
  readonly what: 'apply' | 'rollback';
  readonly batches: readonly RanBatch[];
}

/** A round as it is archived: a batch of the run's own plan is its number there. */
interface RecordedRound extends Omit<Round, 'batches'> {
  readonly batches: readonly (RanBatch | (Pick<Batch, 'id'> & Became))[];
}

/** What a run was to do, and what the nodes had before: it is known when the run begins. */
export interface RunBeginning {
  /** The topology file with the files that it names (`RecordedSource`). Absent: it is not known. */
  readonly source?: unknown;
  /** Without the secrets in its changes and commands. */
  readonly plan: Plan;
  /** A recorded state, as `snapshot` writes it. */
  readonly before: string;
}

/** What a run did. */
export interface RunEnding {
  readonly rounds: readonly Round[];
  readonly diagnostics: readonly Pick<Diagnostic, 'code' | 'severity' | 'summary' | 'detail'>[];
  /** A recorded state. Absent: the nodes were not read after it. */
  readonly after?: string;
}

/** What is kept of a run. */
export type RunDetails = RunBeginning & RunEnding;

/** The details of a run as the text of a file, which is the beginning followed by the ending. */
export interface RunDocument {
  readonly beginning: Buffer;
  ending(ending: RunEnding): Buffer;
}

/**
 * Returns the text of the details of a run. It is written when the run begins and again when it ends, and its beginning
 * is nearly all of it: that is made once.
 */
export function runDocument({ plan, ...beginning }: RunBeginning): RunDocument {
  const recorded: RecordedPlan = recordedPlan(plan);
  const head = { type: 'run', format_version: RUN_VERSION, ...beginning, plan: recorded };
  const bytes = Buffer.from(JSON.stringify(head).slice(0, -1));
  const hash = createHash('sha256').update(bytes);
  return {
    beginning: bytes,
    ending({ rounds, diagnostics, after }) {
      const tail = { rounds: rounds.map((round) => recordedRound(round, plan)), diagnostics, after };
      const text = `,${JSON.stringify(tail).slice(1)}`;
      // The checksum is that of the document without it (`documentBody`).
      const checksum = hash.copy().update(text).digest('hex');
      return Buffer.from(`${text.slice(0, -1)},"checksum":"${checksum}"}\n`);
    },
  };
}

function recordedRound({ what, batches }: Round, plan: Plan): RecordedRound {
  const own = new Set(plan.batches.map(({ steps }) => steps));
  return {
    what,
    batches: batches.map((batch) => {
      const { id, node: _, netns: __, lane: ___, steps, after: ____, ...became } = batch;
      return own.has(steps) ? { id, ...became } : { ...batchWithoutSecrets(batch), ...became };
    }),
  };
}

/** Returns the details of a run. @throws UnusableState if the text was cut off or edited, or has another format */
export function decodeRun(text: string): RunDetails {
  const { plan, rounds, ...rest } = documentBody(text, RUN_VERSION) as unknown as Omit<
    RunDetails,
    'plan' | 'rounds'
  > & {
    readonly plan: RecordedPlan;
    readonly rounds: readonly RecordedRound[];
  };
  const whole = planOfRecorded(plan);
  const wholeBatch = (batch: RecordedRound['batches'][number]): RanBatch => {
    if ('steps' in batch) return batch;
    const known = whole.batches[batch.id];
    if (!known) throw new Error(`no batch ${String(batch.id)}`);
    return { ...known, ...batch };
  };
  return {
    ...rest,
    plan: whole,
    rounds: rounds.map(({ what, batches }) => ({ what, batches: batches.map(wholeBatch) })),
  };
}

/** Follows what a run does. */
interface RunLog {
  readonly onEvent: (event: ApplyEvent) => void;
  /** Returns what was done so far. */
  rounds(): readonly Round[];
}

/** Returns a log of the events of a run. */
export function runLog(): RunLog {
  const rounds: { what: Round['what']; plan: Plan; ran: Map<Batch, Became> }[] = [];
  let what: Round['what'] = 'apply';
  const become = (batch: Batch, outcome: Became): void => {
    rounds.at(-1)?.ran.set(batch, outcome);
  };
  return {
    onEvent(event) {
      if (event.type === 'rollback-start') what = 'rollback';
      else if (event.type === 'round-start') rounds.push({ what, plan: event.plan, ran: new Map() });
      else if (event.type === 'batch-start') become(event.batch, { outcome: 'begun' });
      else if (event.type === 'batch-skipped') become(event.batch, { outcome: 'skipped' });
      else if (event.type === 'batch-done') {
        become(event.batch, { outcome: 'done', milliseconds: Math.round(event.milliseconds), exit_code: 0 });
      } else if (event.type === 'batch-failed') {
        const { exitCode, diagnostics } = event;
        const code = exitCode === undefined ? {} : { exit_code: exitCode };
        become(event.batch, { outcome: 'failed', ...code, diagnostics: diagnostics.map(inBrief) });
      }
    },
    rounds: () =>
      rounds.map(({ what: its, plan, ran }) => ({
        what: its,
        batches: plan.batches.map((batch) => ({ ...batch, ...(ran.get(batch) ?? { outcome: 'not-begun' as const }) })),
      })),
  };
}

/** Returns a diagnostic without its location in the file, which may have changed by then. */
export function inBrief({ code, severity, summary, detail }: Diagnostic): RunDetails['diagnostics'][number] {
  return { code, severity, summary, ...(detail !== undefined && { detail }) };
}
