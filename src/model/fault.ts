import type { Code } from './codes/registry.ts';
import type { Diagnostic, NetworkLocation } from './diagnostic.ts';

/** A fault of a node or a program. Its unknown parts may be `undefined` or empty. */
export interface Fault<C extends Code = Code> {
  readonly code: C;
  readonly summary: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly place?: NetworkLocation;
}

/** Returns the fault as an error diagnostic. Empty details and hints are left out. */
export function faultDiagnostic({ code, summary, detail: text, hint, place }: Fault): Diagnostic {
  const detail = text?.trim();
  return {
    code,
    severity: 'error',
    summary,
    ...(detail && { detail }),
    ...(hint && { hint }),
    ...(place && { place }),
  };
}
