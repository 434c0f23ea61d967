import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { PlanDetail } from '../render/plan/text.ts';
import { countChanges, summaryLine } from '../render/plan/summary.ts';
import type { Context } from './context.ts';
import type { PlanResult, Shells } from '../session/engine.ts';
import { diagnosticsJson, printDiagnostics, printJsonLine } from './report.ts';

/** How a plan is carried out. */
export interface CarryOut {
  /** For questions and sums: `apply`, `destroy`. */
  readonly verb: 'apply' | 'destroy';
  readonly force: boolean;
  readonly allowEmpty: boolean;
  readonly detail?: PlanDetail;
  /** Called with the plan on the screen, before anything is changed; throws to refuse. */
  readonly consent: () => Promise<void>;
}

/**
 * Shows a plan, lets it be approved, carries it out with visible progress, and shows the proof: what a second look finds
 * to do. `ok` when that is nothing; `final` is that second look. The 30 % guard and a missing consent are thrown.
 */
export async function carryOut(
  context: Context,
  network: { readonly graph: DesiredGraph; readonly shells: Shells },
  first: PlanResult,
  options: CarryOut,
): Promise<{ readonly ok: boolean; readonly final: PlanResult }> {
  const { graph, shells } = network;
  await showPlan(context, first, options.detail);
  if (first.plan.changes.length === 0) {
    await showEnd(context, options.verb, first, first, [], true);
    return { ok: true, final: first };
  }
  const refusal = await context.engine.guard(graph, first.plan, options);
  if (refusal) throw new DiagnosticError([refusal]);
  await options.consent();
  const { progressPrinter } = await import('./progress.ts');
  const started = performance.now();
  const result = await context.engine.apply(graph, shells, first, { onEvent: progressPrinter(context) });
  await showEnd(context, options.verb, first, result.final, result.diagnostics, result.ok, performance.now() - started);
  return result;
}

/** Shows a plan with its remarks, in the form that was asked for. */
export async function showPlan(context: Context, result: PlanResult, detail: PlanDetail): Promise<void> {
  if (context.json) {
    const { planDocument } = await import('../render/plan/json.ts');
    const diagnostics = await diagnosticsJson(context, result.diagnostics);
    printJsonLine(context, { type: 'plan', ...planDocument(result.plan, diagnostics) });
    return;
  }
  await printDiagnostics(context, result.diagnostics);
  const { renderPlan } = await import('../render/plan/text.ts');
  const { out } = context.output;
  out.write(renderPlan(result.plan, { colours: out.colours, detail }));
}

async function showEnd(
  context: Context,
  verb: CarryOut['verb'],
  first: PlanResult,
  final: PlanResult,
  diagnostics: readonly Diagnostic[],
  ok: boolean,
  milliseconds = 0,
): Promise<void> {
  if (context.json) {
    const list = await diagnosticsJson(context, diagnostics);
    const left = countChanges(final.plan.changes);
    printJsonLine(context, { type: 'end', ok, changed: countChanges(first.plan.changes), left, diagnostics: list });
    return;
  }
  await printDiagnostics(context, diagnostics);
  if (first.plan.changes.length === 0) return;
  const { out } = context.output;
  const { create, update, replace, delete: remove } = countChanges(first.plan.changes);
  const done = `${String(create + replace)} added, ${String(update)} changed, ${String(remove + replace)} destroyed`;
  const seconds = (milliseconds / 1000).toFixed(2);
  if (ok) {
    const word = verb === 'apply' ? 'Apply' : 'Destroy';
    out.line(out.colours.bold(`${word} complete: ${done} in ${seconds} s.`));
    if (final.plan.changes.length > 0) return;
    out.line(out.colours.green(verb === 'apply' ? summaryLine([]) : 'No changes. Nothing of the topology is left.'));
  } else {
    const left = final.plan.changes.length;
    out.line(out.colours.red(`${verb} did not finish; ${String(left)} of the changes are still to be made.`));
  }
}
