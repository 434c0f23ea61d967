import type { Found, Survey } from '../gc/found.ts';
import { hasErrors } from '../model/diagnostic.ts';
import { approveAndApply, type PlanOutcome } from './approve-and-apply.ts';
import type { PlanResult, Shells } from './engine.ts';
import { ALLOW_ALL_DELETIONS, type Allowance } from './guard.ts';
import { surveyMachines, sweepLocks, targetWithoutFile } from './machines.ts';
import type { Session } from './session.ts';
import { planWithErrors } from './target.ts';

/** The topologies to remove, and the callbacks of a client. */
export interface CollectOptions {
  /** These topologies, even if no object names them; `undefined`: every topology that is found. */
  readonly topologies: readonly string[] | undefined;
  /** Plan only. */
  readonly dryRun: boolean;
  /** What may be done besides deleting everything. */
  readonly allow?: Pick<Allowance, 'lockOut'>;
  readonly onSurvey: (survey: Survey) => Promise<void>;
  /** Called with the plan for a topology before consent is asked. It may be empty, and it may have errors. */
  readonly onPlan: (topology: string, first: PlanResult) => Promise<void>;
  /** Called before anything of a topology is removed. If it throws, the whole collection ends. */
  readonly consent: (topology: string) => Promise<boolean>;
  /** Called with the result of a plan for which consent was asked. */
  readonly onEnd: (topology: string, result: PlanOutcome) => Promise<void>;
}

/**
 * The result for one topology: `nothing` exists that netloom would remove; it was only `listed`; it was `removed`; the
 * user `kept` it; or it `failed`, because its plan has errors or a command failed.
 */
export type Outcome = 'nothing' | 'listed' | 'removed' | 'kept' | 'failed';

/** The result of a collection. */
export interface Collected {
  /** By topology. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** The objects that still name a topology after it was removed, or when its plan is empty. */
  readonly left: readonly Found[];
}

/** Finds the topologies on machines, and removes each as `destroy` does: by a plan with an empty desired state. */
export async function collect(session: Session, shells: Shells, options: CollectOptions): Promise<Collected> {
  const before = await surveyMachines(session, shells);
  await options.onSurvey(before);
  const names = new Set(options.topologies ?? before.topologies.map(({ topology }) => topology));
  const outcomes = new Map<string, Outcome>();
  for (const name of names) outcomes.set(name, await collectOne(session, name, shells, options));
  const isDone = (name: string): boolean => ['nothing', 'removed'].includes(outcomes.get(name) ?? '');
  const after = [...outcomes.values()].includes('removed') ? await surveyMachines(session, shells) : before;
  if (!options.dryRun && [...names].every(isDone)) await sweepLocks(session, shells);
  return { outcomes, left: after.topologies.filter(({ topology }) => isDone(topology)) };
}

async function collectOne(
  session: Session,
  name: string,
  shells: Shells,
  { dryRun, allow, onPlan, consent, onEnd }: CollectOptions,
): Promise<Outcome> {
  const nothing = targetWithoutFile(name, shells);
  const first = await planWithErrors(session, nothing);
  await onPlan(name, first);
  if (first.plan.changes.length === 0) return 'nothing';
  if (hasErrors(first.diagnostics)) return 'failed';
  if (dryRun) return 'listed';
  const result = await approveAndApply(session, nothing, first, {
    allow: { ...ALLOW_ALL_DELETIONS, ...allow },
    consent: () => consent(name),
    rollback: false,
  });
  await onEnd(name, result);
  if (result.outcome === 'refused') return 'kept';
  return result.outcome === 'settled' ? 'removed' : 'failed';
}
