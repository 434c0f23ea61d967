import type { Survey } from '../../gc/found.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Context } from '../context.ts';
import { diagnosticsJson, printDiagnostics, printJsonLine } from '../report.ts';
import { remarksOn } from './remarks.ts';

/** Shows the topologies that were found, with the diagnostics on them. */
export async function showSurvey(context: Context, survey: Survey): Promise<void> {
  const remarks = remarksOn(survey);
  if (context.json) {
    const { surveyJson } = await import('../../render/gc/json.ts');
    const diagnostics = await diagnosticsJson(context, remarks);
    printJsonLine(context, { type: 'found', ...surveyJson(survey), diagnostics });
    return;
  }
  await printDiagnostics(context, remarks);
  const { renderSurvey } = await import('../../render/gc/text.ts');
  const { out } = context.output;
  out.write(renderSurvey(survey, out.colours, out.tableColumns));
}

/** Shows the diagnostics on objects that are left at the end. */
export async function showRemarks(context: Context, remarks: readonly Diagnostic[]): Promise<void> {
  if (!context.json) return printDiagnostics(context, remarks);
  printJsonLine(context, { type: 'left', diagnostics: await diagnosticsJson(context, remarks) });
}
