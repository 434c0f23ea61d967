import type { Diagnostic, NetworkLocation } from '../model/diagnostic.ts';
import type { Origin } from '../model/resource.ts';
import type { CodeOf } from '../model/codes/registry.ts';

/** Returns an error of the compiler with its origin in the file and the other object involved. */
export function diagnose(
  code: CodeOf<'NLC'>,
  summary: string,
  {
    origin,
    other,
    place,
    hint,
  }: {
    readonly origin: Origin;
    readonly other?: { readonly message: string; readonly origin: Origin };
    readonly place?: NetworkLocation;
    readonly hint: string;
  },
): Diagnostic {
  const related = other?.origin.range && [{ message: other.message, range: other.origin.range }];
  return {
    code,
    severity: 'error',
    summary,
    ...(origin.range && { range: origin.range }),
    ...(related && { related }),
    ...(place && { place }),
    hint,
  };
}
