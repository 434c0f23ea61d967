import type { UntimedEvent } from '../model/event.ts';
import { countChanges } from '../render/plan/summary.ts';
import { approveAndApply } from '../session/approve-and-apply.ts';
import type { Look } from '../session/looks.ts';
import { planChecksum } from '../session/saved-plan.ts';
import type { Session } from '../session/session.ts';
import { planOrThrow } from '../session/target.ts';
import { problemsOf } from './sections/problem.ts';
import type { PageState, Work } from './wire.ts';

/** What an apply needs that the page asked for. */
interface Applying {
  /** Of the plan that the page showed. No other is applied. */
  readonly checksum: string;
  readonly lab: boolean;
  /** Those who hear the session's events. */
  readonly listeners: Set<(event: UntimedEvent) => void>;
  readonly tell: (sections: Pick<PageState, 'work'>) => void;
}

/**
 * Returns what applies the plan that was shown: what an apply of the command line does without any of the flags that
 * lift its guards. The plan is made again, and if it has another checksum nothing is changed.
 */
export function applying(
  session: Session,
  { checksum, lab, listeners, tell }: Applying,
): (look: Look) => Promise<void> {
  const at = session.now();
  let work: Work = { state: 'running', at, done: 0, total: 0, words: '', diagnostics: [] };
  const put = (more: Partial<Work>): void => {
    work = { ...work, ...more };
    tell({ work });
  };
  const listen = (event: UntimedEvent): void => {
    if (event.type === 'round-start') put({ total: work.total + event.plan.batches.length });
    if (event.type === 'batch-done') put({ done: work.done + 1 });
    if (event.type === 'rollback-start') put({ words: 'It failed, and is rolled back.' });
  };
  return async ({ target }) => {
    listeners.add(listen);
    try {
      const first = await planOrThrow(session, target);
      const { outcome, diagnostics, rollback, milliseconds } = await approveAndApply(session, target, first, {
        allow: { force: false, allowEmpty: false },
        rollback: true,
        consent: (plan) => Promise.resolve(planChecksum(plan) === checksum),
        run: { command: 'apply', lab },
      });
      const { create, update, replace, delete: remove } = countChanges(first.plan.changes);
      const [added, removed] = [String(create + replace), String(remove + replace)];
      const sums = `${added} added, ${String(update)} changed, ${removed} destroyed`;
      switch (outcome) {
        case 'refused':
          put({ state: 'stale', words: 'The plan is another one now. Nothing was changed.' });
          break;
        case 'settled':
          put({ state: 'settled', words: `Apply complete: ${sums} in ${(milliseconds / 1000).toFixed(2)} s.` });
          break;
        case 'failed':
        case 'reverted': {
          const back = rollback?.complete === true ? 'every node is as it was before' : 'changes are left';
          put({ state: 'failed', words: `Apply failed; ${back}.` });
        }
      }
      put({ diagnostics: problemsOf(diagnostics) });
    } finally {
      listeners.delete(listen);
    }
  };
}
