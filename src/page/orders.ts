import { DiagnosticError } from '../model/diagnostic.ts';
import { countChanges } from '../render/plan/summary.ts';
import { approveAndApply, type PlanOutcome } from '../session/approve-and-apply.ts';
import { planChecksum } from '../session/saved-plan.ts';
import type { Session } from '../session/session.ts';
import { withoutErrors } from '../session/target.ts';
import type { Ran, Turn } from '../session/watch.ts';
import type { WorkLog } from './sections/work.ts';

/** A run of a watch. */
type Run = (turn: Turn) => Promise<Ran>;

interface OrdersOptions {
  readonly lab: boolean;
  readonly log: WorkLog;
  /** The log has changed. */
  readonly onWork: () => void;
}

/** The applies that the page asks for. The watch carries each out as its next run. */
export class Orders {
  readonly #session: Session;
  readonly #options: OrdersOptions;
  #again: (() => void) | undefined;
  #checksum: string | undefined;

  constructor(session: Session, options: OrdersOptions) {
    this.#session = session;
    this.#options = options;
  }

  /** `again` begins a run of the watch. */
  connect(again: () => void): void {
    this.#again = again;
  }

  /** Asks for an apply of the plan with this checksum. Returns false if an apply runs. */
  take(checksum: string): boolean {
    const { log, onWork } = this.#options;
    if (log.isRunning || this.#again === undefined) return false;
    this.#checksum = checksum;
    log.begin();
    onWork();
    this.#again();
    return true;
  }

  /** The watch begins no run, because the file is gone. */
  drop(): void {
    if (this.#checksum === undefined) return;
    this.#checksum = undefined;
    this.#end('failed', 'The file is gone. Nothing was changed.');
  }

  /** Returns the run that carries out what was asked for, or else the watch's own. */
  run(own: Run): Run {
    return (turn) => {
      const checksum = this.#checksum;
      this.#checksum = undefined;
      return checksum === undefined ? own(turn) : this.#carryOut(turn, checksum);
    };
  }

  /**
   * Applies the plan that was shown: what an apply of the command line does without any of the flags that lift its
   * guards. The plan is made again, and if it has another checksum nothing is changed.
   */
  async #carryOut(turn: Turn, checksum: string): Promise<Ran> {
    try {
      return await turn.planned(await turn.desired(), async (target, found) => {
        const first = withoutErrors(target, found);
        const outcome = await approveAndApply(this.#session, target, first, {
          allow: { force: false, allowEmpty: false },
          rollback: true,
          consent: (plan) => Promise.resolve(planChecksum(plan) === checksum),
          run: { command: 'apply', lab: this.#options.lab },
        });
        this.#ended(outcome);
        return outcome;
      });
    } catch (error) {
      const { diagnostics } = error instanceof DiagnosticError ? error : { diagnostics: [] };
      const words = this.#options.log.work.done > 0 ? 'The apply did not finish.' : 'Nothing was changed.';
      this.#end('failed', words, diagnostics);
      if (error instanceof DiagnosticError) return { outcome: 'error', diagnostics };
      throw error;
    }
  }

  #ended({ outcome, diagnostics, rollback, milliseconds, first }: PlanOutcome): void {
    const { create, update, replace, delete: remove } = countChanges(first.plan.changes);
    const [added, removed] = [String(create + replace), String(remove + replace)];
    const sums = `${added} added, ${String(update)} changed, ${removed} destroyed`;
    switch (outcome) {
      case 'refused':
        this.#end('stale', 'The plan is another one now. Nothing was changed.', diagnostics);
        return;
      case 'settled':
        this.#end('settled', `Apply complete: ${sums} in ${(milliseconds / 1000).toFixed(2)} s.`, diagnostics);
        return;
      case 'failed':
      case 'reverted': {
        const back = rollback?.complete === true ? 'every node is as it was before' : 'changes are left';
        this.#end('failed', `Apply failed; ${back}.`, diagnostics);
      }
    }
  }

  #end(...how: Parameters<WorkLog['end']>): void {
    this.#options.log.end(...how);
    this.#options.onWork();
  }
}
