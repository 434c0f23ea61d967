import type { Diagnostic } from '../model/diagnostic.ts';
import { timedLine, versionLine } from '../render/events/json.ts';
import type { Line } from '../render/events/line.ts';
import { FORMAT_VERSION } from '../render/format-version.ts';
import type { Context } from './context.ts';
import { ownVersion } from './version.ts';

/**
 * Prints diagnostics: as text on stderr, or as a line in a stream of JSON lines. Prints nothing if stdout is one JSON
 * document, which has them in a field.
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

/** Prints on stderr what the session noticed besides the command's own work. */
export async function printNotices({ session, output }: Context): Promise<void> {
  if (session.notices.length === 0) return;
  const { renderDiagnostics } = await import('../render/diagnostics/text.ts');
  output.err.write(renderDiagnostics(session.notices, { sources: session.sources, colours: output.err.colours }));
}

/** Returns diagnostics in the form that every JSON document has. */
export async function diagnosticsJson(
  context: Context,
  diagnostics: readonly Diagnostic[],
): Promise<readonly object[]> {
  const { diagnosticJson } = await import('../render/diagnostics/json.ts');
  return diagnostics.map((diagnostic) => diagnosticJson(diagnostic, context.session.sources));
}

/** Returns a field `stats` for a JSON document or line, if `--stats` is set. */
export async function statsField(
  context: Context,
  { stats }: { readonly stats?: boolean },
): Promise<{ readonly stats?: object }> {
  if (stats !== true) return {};
  const { statsJson } = await import('../render/stats/json.ts');
  return { stats: statsJson(context.session.stats(), performance.now()) };
}

/** Prints what the command took as text on stderr, if `--stats` is set and not `--json`. */
export async function printStats(context: Context, { stats }: { readonly stats?: boolean }): Promise<void> {
  if (stats !== true || context.json) return;
  const { statsText } = await import('../render/stats/text.ts');
  context.output.err.write(statsText(context.session.stats(), performance.now()));
}

/** Prints the diagnostics of a command that failed: as text, a JSON line or a JSON document. */
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

/** Begins a stream of JSON lines if `--json` is set. */
export function startJsonLines(context: Context): void {
  if (!context.json) return;
  context.stdout.form = 'lines';
  printJsonLine(context, versionLine(ownVersion()));
}

/** Prints a value as one line of JSON, with the time. */
export function printJsonLine(context: Context, value: Line): void {
  context.output.out.line(JSON.stringify(timedLine(value, context.session.now())));
}
