import type { Diagnostic } from '../../model/diagnostic.ts';
import { clean, cleanLines } from '../../render/clean.ts';
import type { Problem } from '../wire/sight.ts';

/** Returns a diagnostic for the page. */
export function problemOf({ severity, code, summary, detail = '', hint = '', range, place }: Diagnostic): Problem {
  const at = range && `${range.file}:${String(range.start.line)}:${String(range.start.column)}`;
  return {
    severity,
    code,
    summary: clean(summary),
    detail: detail === '' ? [] : cleanLines(detail),
    hint: clean(hint),
    place: clean(at ?? place?.node ?? ''),
  };
}

/** Returns diagnostics, the errors first. */
export function problemsOf(diagnostics: readonly Diagnostic[]): readonly Problem[] {
  const rank = { error: 0, warning: 1, info: 2 };
  return diagnostics.toSorted((a, b) => rank[a.severity] - rank[b.severity]).map(problemOf);
}
