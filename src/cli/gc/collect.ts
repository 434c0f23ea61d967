import { clean } from '../../render/clean.ts';
import type { PlanOutcome } from '../../session/approve-and-apply.ts';
import { collect } from '../../session/collect.ts';
import type { PlanResult, Shells } from '../../session/engine.ts';
import { showEnd, showPlan } from '../show-and-apply.ts';
import { detailOf } from '../common.ts';
import { askConsent } from '../consent.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { printDiagnostics } from '../report.ts';
import { leftOf } from './remarks.ts';
import { showSurvey, showRemarks } from './show.ts';

/** The flags of `gc`. */
export interface GcOptions {
  readonly topology?: readonly string[];
  readonly all?: boolean;
  readonly host?: readonly string[];
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly allowLockout?: boolean;
  readonly full?: boolean;
  readonly brief?: boolean;
}

/** Removes the remains of topologies: shows each plan and asks for consent. Returns the exit code. */
export async function showAndCollect(context: Context, shells: Shells, options: GcOptions): Promise<number> {
  const { outcomes, left } = await collect(context.session, shells, {
    topologies: options.topology,
    dryRun: options.dryRun === true,
    allow: { lockOut: options.allowLockout === true },
    onSurvey: (survey) => showSurvey(context, survey),
    onPlan: (topology, first) => showPlanOf(context, topology, first, options),
    consent: (topology) => askConsent(context, `remove all this of topology ${topology}`, options.yes === true),
    onEnd: (topology, result) => showEndOf(context, topology, result),
  });
  await showRemarks(context, left.map(leftOf));
  if (!context.json && options.dryRun === true) context.output.out.line('Nothing was changed (--dry-run).');
  return left.length > 0 || [...outcomes.values()].includes('failed') ? EXIT.failed : EXIT.ok;
}

async function showPlanOf(context: Context, topology: string, first: PlanResult, options: GcOptions): Promise<void> {
  if (context.json) return showPlan(context, first, undefined);
  const { out } = context.output;
  const empty = first.plan.changes.length === 0;
  const suffix = empty ? ': no object to remove.' : '';
  out.line(`\n${out.colours.bold(`Topology ${clean(topology)}${suffix}`)}`);
  return empty
    ? printDiagnostics(context, first.diagnostics)
    : showPlan(context, first, detailOf(options) ?? 'objects');
}

async function showEndOf(context: Context, topology: string, result: PlanOutcome): Promise<void> {
  if (result.outcome === 'refused') context.output.out.line(`Topology ${topology} is not removed.`);
  else await showEnd(context, 'destroy', result);
}
