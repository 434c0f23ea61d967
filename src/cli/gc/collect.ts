import type { Found } from '../../gc/found.ts';
import { hasErrors } from '../../model/diagnostic.ts';
import { clean } from '../../render/clean.ts';
import { EVERYTHING_MAY_GO } from '../../session/guard.ts';
import { surveyMachines, sweepLocks, withoutTopology } from '../../session/machines.ts';
import { planWhatever } from '../../session/target.ts';
import { showAndCarryOut, showPlan } from '../carry-out.ts';
import { detailOf } from '../common.ts';
import { askConsent, isRefusal } from '../consent.ts';
import type { Context } from '../context.ts';
import type { Shells } from '../../session/engine.ts';
import { EXIT } from '../exit.ts';
import { printDiagnostics } from '../report.ts';
import { leftOf } from './remarks.ts';
import { showSurvey, showRemarks } from './show.ts';

/** What `gc` is told. */
export interface GcOptions {
  readonly topology?: readonly string[];
  readonly all?: boolean;
  readonly host?: readonly string[];
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly full?: boolean;
  readonly brief?: boolean;
}

/**
 * What came of one topology: `nothing` netloom would remove stands; it was `listed` only; it was `removed`; the user `kept` it; or it `failed`,
 * for something speaks against it or went wrong.
 */
type Outcome = 'nothing' | 'listed' | 'removed' | 'kept' | 'failed';

/** Says what is there, then removes each topology by the machinery of `destroy`: a plan in which nothing is wanted. */
export async function collect(context: Context, shells: Shells, options: GcOptions): Promise<number> {
  const { session } = context;
  const before = await surveyMachines(session, shells);
  await showSurvey(context, before);
  const names = [...new Set(options.topology ?? before.topologies.map(({ topology }) => topology))];
  const outcomes = new Map<string, Outcome>();
  for (const name of names) outcomes.set(name, await collectOne(context, name, shells, options));
  const isDone = (name: string): boolean => ['nothing', 'removed'].includes(outcomes.get(name) ?? '');
  const after = [...outcomes.values()].includes('removed') ? await surveyMachines(session, shells) : before;
  if (options.dryRun !== true && names.every(isDone)) await sweepLocks(session, shells);
  const left: readonly Found[] = after.topologies.filter(({ topology }) => isDone(topology));
  await showRemarks(context, left.map(leftOf));
  if (!context.json && options.dryRun === true) context.output.out.line('Nothing was touched (--dry-run).');
  return left.length > 0 || [...outcomes.values()].includes('failed') ? EXIT.failed : EXIT.ok;
}

async function collectOne(context: Context, name: string, shells: Shells, options: GcOptions): Promise<Outcome> {
  const { out } = context.output;
  const nothing = withoutTopology(name, shells);
  const first = await planWhatever(context.session, nothing);
  const heading = (text: string): void => {
    if (!context.json) out.line(`\n${out.colours.bold(`Topology ${clean(name)}${text}`)}`);
  };
  if (first.plan.changes.length === 0) {
    heading(': there is nothing of it to remove.');
    await printDiagnostics(context, first.diagnostics);
    if (context.json) await showPlan(context, first, undefined);
    return 'nothing';
  }
  heading('');
  if (options.dryRun === true || hasErrors(first.diagnostics)) {
    await showPlan(context, first, detailOf(options));
    return hasErrors(first.diagnostics) ? 'failed' : 'listed';
  }
  try {
    const { ok } = await showAndCarryOut(context, nothing, first, {
      verb: 'destroy',
      allow: EVERYTHING_MAY_GO,
      detail: detailOf(options),
      consent: () => askConsent(context, `remove all this of topology ${name}`, options.yes === true),
    });
    return ok ? 'removed' : 'failed';
  } catch (error) {
    if (!isRefusal(error)) throw error;
    out.line(`Topology ${name} stays as it is.`);
    return 'kept';
  }
}
