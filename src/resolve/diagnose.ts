import type { Diagnostic, NetworkLocation } from '../model/diagnostic.ts';
import type { Origin } from '../model/resource.ts';
import type { CodeOf } from '../model/codes/registry.ts';

/** Another object of an error, and what it has to do with it. */
export interface Other {
  readonly message: string;
  readonly origin: Origin;
}

/** Returns an error of the compiler with its origin in the file and the other objects involved. */
export function diagnose(
  code: CodeOf<'NLC'>,
  summary: string,
  {
    origin,
    other,
    others = other === undefined ? [] : [other],
    detail,
    place,
    hint,
  }: {
    readonly origin: Origin;
    readonly other?: Other;
    readonly others?: readonly Other[];
    readonly detail?: string | undefined;
    readonly place?: NetworkLocation;
    readonly hint: string;
  },
): Diagnostic {
  const related = others.flatMap(({ message, origin: { range } }) => (range === undefined ? [] : [{ message, range }]));
  return {
    code,
    severity: 'error',
    summary,
    ...(detail !== undefined && { detail }),
    ...(origin.range && { range: origin.range }),
    ...(related.length > 0 && { related }),
    ...(place && { place }),
    hint,
  };
}
