import type { CodeOf } from '../model/codes/registry.ts';
import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';

/** A fault of the lab as the error that carries it to the reader. Empty details are left out. */
export function labError(fault: {
  readonly code: CodeOf<'NLL'>;
  readonly summary: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
}): DiagnosticError {
  return new DiagnosticError([labDiagnostic(fault)]);
}

/** The same, to be gathered with others. */
export function labDiagnostic(fault: {
  readonly code: CodeOf<'NLL'>;
  readonly summary: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
}): Diagnostic {
  const detail = fault.detail?.trim();
  return {
    code: fault.code,
    severity: 'error',
    summary: fault.summary,
    ...(detail ? { detail } : {}),
    ...(fault.hint ? { hint: fault.hint } : {}),
  };
}
