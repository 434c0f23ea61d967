import type { CodeOf } from '../model/codes/registry.ts';
import { DiagnosticError } from '../model/diagnostic.ts';
import { faultDiagnostic, type Fault } from '../model/fault.ts';

/** A fault of the lab as the error that carries it to the reader. */
export function labError(fault: Fault<CodeOf<'NLL'>>): DiagnosticError {
  return new DiagnosticError([faultDiagnostic(fault)]);
}
