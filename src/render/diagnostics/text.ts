import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Severity } from '../../model/severity.ts';
import type { SourceRange } from '../../model/position.ts';
import { clean, cleanLines } from '../clean.ts';
import { paint } from '../colour.ts';
import type { Paint } from '../colour.ts';
import { hideUserData } from '../user-data.ts';
import { frame } from './frame.ts';

/** Options of the text rendering. */
export interface TextOptions {
  /** The texts of files by their names in diagnostics; without a text there is no frame. */
  readonly sources?: ReadonlyMap<string, string>;
  /** Default: none. */
  readonly colours?: Paint;
}

/**
 * Returns diagnostics for people: `file:line:col: error[CODE]: summary`, the source frame, related locations and a
 * hint. Ends with a line end; empty without diagnostics. Control characters in quoted text are shown as escapes, and
 * user data is hidden.
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: TextOptions = {}): string {
  const linesOf = splitter(options.sources ?? new Map<string, string>());
  const colours = options.colours ?? paint(false);
  return diagnostics.map((diagnostic) => `${one(diagnostic, linesOf, colours).join('\n')}\n`).join('\n');
}

function one(diagnostic: Diagnostic, linesOf: LinesOf, colours: Paint): string[] {
  const { code, severity, summary, detail, range, related = [], place, hint } = diagnostic;
  const tint = tintOf(severity, colours);
  const where = range === undefined ? '' : `${placeText(range)}: `;
  const head = `${where}${tint(colours.bold(`${severity}[${clean(code)}]`))}: ${colours.bold(clean(summary))}`;
  const lines = [head, ...shown(range, linesOf, tint)];
  if (place?.node !== undefined) {
    const netns = place.netns === undefined ? '' : `, namespace ${clean(place.netns)}`;
    lines.push(`  on node ${clean(place.node)}${netns}`);
  }
  if (place?.command !== undefined) lines.push(`  command: ${clean(place.command)}`);
  if (detail !== undefined) lines.push(...cleanLines(detail).map((line) => `  ${line}`.trimEnd()));
  for (const { message, range: other } of related) lines.push(`  ${placeText(other)}: ${clean(message)}`);
  if (hint !== undefined) lines.push(`  ${colours.cyan('hint')}: ${clean(hint)}`);
  return lines;
}

type LinesOf = (file: string) => readonly string[] | undefined;

/** Returns the lines of a file; each file is split once. */
function splitter(sources: ReadonlyMap<string, string>): LinesOf {
  const split = new Map<string, readonly string[]>();
  return (file) => {
    const known = split.get(file);
    if (known !== undefined) return known;
    const text = sources.get(file);
    const lines = text === undefined ? undefined : hideUserData(text.split(/\r?\n/));
    if (lines !== undefined) split.set(file, lines);
    return lines;
  };
}

function placeText(range: SourceRange): string {
  return `${clean(range.file)}:${String(range.start.line)}:${String(range.start.column)}`;
}

function shown(range: SourceRange | undefined, linesOf: LinesOf, tint: (text: string) => string): string[] {
  const source = range === undefined ? undefined : linesOf(range.file);
  const text = range === undefined || source === undefined ? undefined : frame(source, range);
  if (text === undefined) return [];
  return text
    .split('\n')
    .map((line) => `  ${line.replace(/^( *\| *)(\^+)$/, (_, bar: string, carets: string) => bar + tint(carets))}`);
}

function tintOf(severity: Severity, colours: Paint): (text: string) => string {
  if (severity === 'error') return colours.red;
  return severity === 'warning' ? colours.yellow : colours.blue;
}
