import type { Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { PlanDetail } from '../render/plan/text.ts';
import type { Context } from './context.ts';
import { printDiagnostics } from './report.ts';

/** Prints a plan as text, below its diagnostics. */
export async function printPlan(
  context: Context,
  plan: Plan,
  diagnostics: readonly Diagnostic[],
  detail: PlanDetail,
): Promise<void> {
  await printDiagnostics(context, diagnostics);
  const { renderPlan } = await import('../render/plan/text.ts');
  const { out } = context.output;
  out.write(renderPlan(plan, { colours: out.colours, detail }));
}
