import { countChanges, leftOutText, summaryLine } from '../render/plan/summary.ts';
import type { PlanDetail } from '../render/plan/text.ts';
import { approveAndApply, settledOutcome, type PlanOutcome, type Terms } from '../session/approve-and-apply.ts';
import type { PlanResult } from '../session/engine.ts';
import type { Target } from '../session/target.ts';
import { notApproved } from './consent.ts';
import type { Context } from './context.ts';
import { printedWarnings, type PrintedWarnings } from './warnings.ts';
import { printPlan } from './print-plan.ts';
import { diagnosticsJson, printDiagnostics, printJsonLine, statsField } from './report.ts';

/** The command whose result is shown. */
type Verb = 'apply' | 'destroy';

/** How a plan is shown, and the conditions for applying it. */
export interface Showing extends Terms {
  readonly detail: PlanDetail;
  /** The warnings that were printed before; default: none. */
  readonly warnings?: PrintedWarnings;
  /** Print also what the command took. */
  readonly stats?: boolean;
}

/**
 * Shows a plan, asks for consent, applies it with visible progress, and shows what reading again still finds to change.
 * Returns true if that is nothing. @throws DiagnosticError with the guard's refusal, or without consent
 */
export async function showAndApply(
  context: Context,
  target: Target,
  first: PlanResult,
  options: Showing,
): Promise<boolean> {
  const { detail, warnings = printedWarnings() } = options;
  await showPlan(context, first, detail, warnings);
  const outcome = await approveAndApply(context.session, target, first, options);
  return showEnd(context, 'apply', outcome, warnings, options);
}

/** Shows a plan without changes, as `showAndApply` does. */
export async function showSettled(
  context: Context,
  first: PlanResult,
  options: Pick<Showing, 'detail' | 'stats'>,
): Promise<boolean> {
  await showPlan(context, first, options.detail);
  return showEnd(context, 'apply', settledOutcome(first), printedWarnings(), options);
}

/** Shows a plan with its diagnostics, as text or JSON. The text leaves out what was printed before. */
export async function showPlan(
  context: Context,
  result: PlanResult,
  detail: PlanDetail,
  warnings = printedWarnings(),
): Promise<void> {
  if (context.json) {
    const { planDocument } = await import('../render/plan/json.ts');
    const diagnostics = await diagnosticsJson(context, result.diagnostics);
    printJsonLine(context, { type: 'plan', ...planDocument(result.plan, diagnostics) });
    return;
  }
  await printPlan(context, result.plan, warnings.ofPlan(result.diagnostics), detail);
}

/** Shows the result of a plan; returns true if it settled. @throws DiagnosticError without consent */
export async function showEnd(
  context: Context,
  verb: Verb,
  result: PlanOutcome,
  warnings = printedWarnings(),
  options: Pick<Showing, 'stats'> = {},
): Promise<boolean> {
  if (result.outcome === 'refused') throw notApproved();
  const ok = result.outcome === 'settled';
  if (context.json) await printEnd(context, ok, result, options);
  else {
    await printDiagnostics(context, warnings.ofEnd(result.diagnostics));
    if (result.first.plan.changes.length > 0) writeSums(context, verb, ok, result);
  }
  return ok;
}

async function printEnd(
  context: Context,
  ok: boolean,
  { first, final, diagnostics, rollback }: PlanOutcome,
  options: Pick<Showing, 'stats'>,
): Promise<void> {
  const list = await diagnosticsJson(context, diagnostics);
  const left = countChanges(final.plan.changes);
  const changed = countChanges(first.plan.changes);
  const stats = await statsField(context, options);
  const back = rollback && {
    rollback: { complete: rollback.complete, lost: rollback.lost, differs: rollback.differs ?? null },
  };
  printJsonLine(context, { type: 'end', ok, changed, left, diagnostics: list, ...back, ...stats });
}

function nothingLeft(leftOut: readonly string[]): string {
  const where = leftOut.length === 0 ? '' : ' on the chosen nodes';
  return `No changes. Nothing of the topology is left${where}.${leftOutText(leftOut)}`;
}

function writeSums(
  context: Context,
  verb: Verb,
  ok: boolean,
  { first, final, milliseconds, rollback, outcome }: PlanOutcome,
): void {
  const { out } = context.output;
  const { create, update, replace, delete: remove } = countChanges(first.plan.changes);
  const done = `${String(create + replace)} added, ${String(update)} changed, ${String(remove + replace)} destroyed`;
  const seconds = (milliseconds / 1000).toFixed(2);
  if (ok) {
    const word = verb === 'apply' ? 'Apply' : 'Destroy';
    out.line(out.colours.bold(`${word} complete: ${done} in ${seconds} s.`));
    if (final.plan.changes.length > 0) return;
    out.line(out.colours.green(verb === 'apply' ? summaryLine(final.plan) : nothingLeft(final.plan.leftOut)));
  } else if (rollback) {
    const end = rollback.complete ? 'every node is as it was before' : 'not every node is as it was before';
    out.line(out.colours.red(`${verb} failed; ${end}.`));
  } else {
    const left = final.plan.changes.length;
    if (outcome === 'reverted') return;
    out.line(out.colours.red(`${verb} did not finish; changes left: ${String(left)}.`));
  }
}
