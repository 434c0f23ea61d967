import { codeFrameColumns } from '@babel/code-frame';
import type { BabelCodeFrameOptions } from '@babel/code-frame';
import type { SourceRange } from '../../model/position.ts';

/** The longest part of a source line that is shown; of a longer line, the part around the range. */
const WIDEST = 100;

/**
 * Returns the source line of a range with carets below it, and one line before it; `undefined` if the text has no such
 * line. A range of several lines (a whole mapping) is marked on its first line only.
 */
export function frame(source: readonly string[], range: SourceRange): string | undefined {
  const { line, column } = range.start;
  const first = Math.max(1, line - 1);
  const lines = source.slice(first - 1, line);
  const last = lines.at(-1);
  if (last === undefined || lines.length !== line - first + 1 || last.trim() === '') return undefined;
  const end = range.end.line === line ? Math.max(range.end.column, column + 1) : last.length + 1;
  const cut = Math.max(0, Math.min(column - 1 - Math.floor(WIDEST / 3), last.length - WIDEST));
  const shown = lines.map((text) => clip(text, cut));
  const to = Math.min(end - cut, (shown.at(-1)?.length ?? 0) + 1);
  // The first of these lines is not line 1; the types of the package lack the option.
  const options: BabelCodeFrameOptions & { startLine: number } = { startLine: first, linesAbove: 1, linesBelow: 0 };
  const start = column - cut;
  return codeFrameColumns(
    shown.join('\n'),
    { start: { line, column: start }, end: { line, column: Math.max(to, start + 1) } },
    options,
  );
}

/** Returns the visible part of a line, one column per character: control characters become a mark, tabs a space. */
function clip(line: string, cut: number): string {
  const piece = line.slice(cut, cut + WIDEST);
  const left = cut > 0 && piece !== '' ? `…${piece.slice(1)}` : piece;
  const whole = line.length > cut + WIDEST ? `${left.slice(0, -1)}…` : left;
  return whole
    .replace(/\t/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '\ufffd');
}
