import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Outcome } from '../../verify/probe.ts';
import type { Desired } from '../desired.ts';
import { canBeTried, tryProbes } from '../expectations.ts';
import type { Session } from '../session.ts';
import type { OpenWindow } from './window.ts';
import { unmet } from './words.ts';

/** The expectations of a file around an apply that is to be confirmed. */
export interface Expectations {
  /** Tries them once, before the apply: only what is met then is asked for afterwards. */
  before(): Promise<void>;
  /** Returns a window that ends, to be reverted, when what was met before is not met any more; and the errors. */
  watch(window: OpenWindow): { readonly window: OpenWindow; readonly errors: () => readonly Diagnostic[] };
}

/**
 * Returns the expectations of a file; none if it has none, or if its nodes are not all in the lab: they are tried from
 * the lab's instances and outside hosts.
 */
export function expectationsOf(
  session: Session,
  { topology, resolved }: Pick<Desired, 'topology' | 'resolved'>,
  lab: boolean,
): Expectations | undefined {
  if (!canBeTried(topology, lab)) return undefined;
  let met: readonly boolean[] = [];
  const outcomesNow = async (how: { readonly graceMs?: number } = {}): Promise<readonly Outcome[]> => {
    const { probesOf } = await import('../../verify/probes.ts');
    const { probes } = probesOf(topology, resolved, []);
    return tryProbes(session, topology, probes, how);
  };
  const broken = (outcomes: readonly Outcome[]): readonly Outcome[] =>
    outcomes.filter(({ ok }, i) => !ok && met[i] === true);
  return {
    async before() {
      met = (await outcomesNow({ graceMs: 0 })).map(({ ok }) => ok);
    },
    watch(window) {
      let errors: readonly Diagnostic[] = [];
      const failed = outcomesNow().then(
        async (outcomes) => {
          const missed = broken(outcomes);
          if (missed.length === 0) return new Promise<never>(() => undefined);
          errors = [unmet(missed)];
        },
        // What cannot be tried decides nothing: the user does.
        () => new Promise<never>(() => undefined),
      );
      const ended = (): Promise<void> => Promise.race([window.ended(), failed]);
      return { window: { ...window, ended }, errors: () => errors };
    },
  };
}
