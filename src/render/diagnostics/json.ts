import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Position, SourceRange } from '../../model/position.ts';
import { FORMAT_VERSION } from '../format-version.ts';

type Sources = ReadonlyMap<string, string>;

/**
 * Returns the result of a validation as one document, in the shape of `terraform validate -json`: `format_version`,
 * `valid`, `error_count`, `warning_count`, `diagnostics`.
 */
export function validationDocument(diagnostics: readonly Diagnostic[], sources: Sources = new Map()): object {
  const count = (severity: string): number => diagnostics.filter((found) => found.severity === severity).length;
  return {
    format_version: FORMAT_VERSION,
    valid: count('error') === 0,
    error_count: count('error'),
    warning_count: count('warning'),
    diagnostics: diagnostics.map((diagnostic) => diagnosticJson(diagnostic, sources)),
  };
}

/**
 * Returns one diagnostic as JSON: `severity`, `summary`, `detail` and `range` as in Terraform, and our `code`, `hint`,
 * `related` and `place`. `byte` counts bytes of UTF-8 from 0; for a file whose text is not in `sources`, UTF-16 units.
 */
export function diagnosticJson(diagnostic: Diagnostic, sources: Sources = new Map()): object {
  const { severity, code, summary, detail = '', range, related, place, hint } = diagnostic;
  return {
    severity,
    code,
    summary,
    detail,
    ...(range === undefined ? {} : { range: rangeJson(range, sources) }),
    ...(hint === undefined ? {} : { hint }),
    ...(related === undefined
      ? {}
      : { related: related.map((other) => ({ message: other.message, range: rangeJson(other.range, sources) })) }),
    ...(place === undefined ? {} : { place }),
  };
}

function rangeJson(range: SourceRange, sources: Sources): object {
  const source = sources.get(range.file);
  const point = ({ line, column, offset }: Position): object => ({
    line,
    column,
    byte: source === undefined ? offset : Buffer.byteLength(source.slice(0, offset), 'utf8'),
  });
  return { filename: range.file, start: point(range.start), end: point(range.end) };
}
