import type { Diagnostic } from '../model/diagnostic.ts';
import { timedLine, versionLine, type Line } from '../render/events/json.ts';
import { FORMAT_VERSION } from '../render/format-version.ts';
import type { Context } from './context.ts';
import { ownVersion } from './version.ts';

/**
 * Prints diagnostics: for people on stderr; in a stream of JSON lines as a line. In a JSON document they are a field,
 * so nothing is printed here.
 */
export async function printDiagnostics(context: Context, diagnostics: readonly Diagnostic[]): Promise<void> {
  if (diagnostics.length === 0) return;
  if (context.json) {
    if (context.stdout.form === 'document') return;
    printJsonLine(context, { type: 'diagnostics', diagnostics: await diagnosticsJson(context, diagnostics) });
    return;
  }
  const { renderDiagnostics } = await import('../render/diagnostics/text.ts');
  const { err } = context.output;
  err.write(renderDiagnostics(diagnostics, { sources: context.session.sources, colours: err.colours }));
}

/** Diagnostics as they stand in every JSON document. */
export async function diagnosticsJson(
  context: Context,
  diagnostics: readonly Diagnostic[],
): Promise<readonly object[]> {
  const { diagnosticJson } = await import('../render/diagnostics/json.ts');
  return diagnostics.map((diagnostic) => diagnosticJson(diagnostic, context.session.sources));
}

/** The end of a command that could not do its work: the diagnostics, in the form that was asked for. */
export async function reportFailure(context: Context, diagnostics: readonly Diagnostic[]): Promise<void> {
  if (!context.json) return printDiagnostics(context, diagnostics);
  const list = await diagnosticsJson(context, diagnostics);
  if (context.stdout.form === 'lines') printJsonLine(context, { type: 'error', diagnostics: list });
  else printJson(context, { format_version: FORMAT_VERSION, diagnostics: list });
}

/** Prints a value as one JSON document. */
export function printJson(context: Context, value: object): void {
  context.output.out.line(JSON.stringify(value, null, 2));
}

/** With `--json`, begins a stream of JSON lines. */
export function startJsonLines(context: Context): void {
  if (!context.json) return;
  context.stdout.form = 'lines';
  printJsonLine(context, versionLine(ownVersion()));
}

/** Prints a value as one line of JSON, with the time. */
export function printJsonLine(context: Context, value: Line): void {
  context.output.out.line(JSON.stringify(timedLine(value, context.session.now())));
}
