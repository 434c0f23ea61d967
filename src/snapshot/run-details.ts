import { batchWithoutSecrets, changeWithoutSecrets } from '../kinds/sensitive.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ApplyEvent } from '../model/event.ts';
import type { Batch, Plan } from '../model/plan.ts';
import { documentBody } from './decode.ts';
import { documentText } from './encode.ts';

const RUN_VERSION = '1.0';

/** What became of a batch. `not-begun`: netloom was stopped before. */
interface RanBatch extends Batch {
  readonly outcome: 'not-begun' | 'begun' | 'done' | 'failed' | 'skipped';
  readonly milliseconds?: number;
  /** Of its script. */
  readonly exit_code?: number;
  readonly diagnostics?: readonly Pick<Diagnostic, 'code' | 'severity' | 'summary' | 'detail'>[];
}

/** Batches that were run one after the other: of the plan, of a repair, or of a rollback. */
export interface Round {
  readonly what: 'apply' | 'rollback';
  readonly batches: readonly RanBatch[];
}

/** What is kept of a run: what it was to do, what it did, and what the nodes had before and after. */
export interface RunDetails {
  /** The topology file with the files that it names (`RecordedSource`). Absent: it is not known. */
  readonly source?: unknown;
  /** Without the secrets in its changes and commands. */
  readonly plan: Plan;
  readonly rounds: readonly Round[];
  readonly diagnostics: readonly Pick<Diagnostic, 'code' | 'severity' | 'summary' | 'detail'>[];
  /** Recorded states, as `snapshot` writes them. */
  readonly before: string;
  /** Absent: the nodes were not read after it. */
  readonly after?: string;
}

/** Returns the details of a run as the text of a file. */
export function encodeRun({ plan, ...rest }: RunDetails): string {
  const changes = plan.changes.map(changeWithoutSecrets);
  const batches = plan.batches.map(batchWithoutSecrets);
  return documentText({ type: 'run', format_version: RUN_VERSION, ...rest, plan: { ...plan, changes, batches } });
}

/** Returns the details of a run. @throws UnusableState if the text was cut off or edited, or has another format */
export function decodeRun(text: string): RunDetails {
  return documentBody(text, RUN_VERSION) as unknown as RunDetails;
}

/** Follows what a run does. */
interface RunLog {
  readonly onEvent: (event: ApplyEvent) => void;
  /** Returns what was done so far, without secrets. */
  rounds(): readonly Round[];
}

/** Returns a log of the events of a run. */
export function runLog(): RunLog {
  const rounds: { what: Round['what']; plan: Plan; ran: Map<Batch, Omit<RanBatch, keyof Batch>> }[] = [];
  let what: Round['what'] = 'apply';
  const become = (batch: Batch, outcome: Omit<RanBatch, keyof Batch>): void => {
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
        batches: plan.batches.map((batch) => ({
          ...batchWithoutSecrets(batch),
          ...(ran.get(batch) ?? { outcome: 'not-begun' as const }),
        })),
      })),
  };
}

/** Returns a diagnostic without its location in the file, which may have changed by then. */
export function inBrief({ code, severity, summary, detail }: Diagnostic): RunDetails['diagnostics'][number] {
  return { code, severity, summary, ...(detail !== undefined && { detail }) };
}
