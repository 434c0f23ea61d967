import type { CodeOf } from '../model/codes/registry.ts';
import { DiagnosticError } from '../model/diagnostic.ts';
import { faultDiagnostic, type Fault } from '../model/fault.ts';

/** Returns an error with one diagnostic about the lab. */
export function labError(fault: Fault<CodeOf<'NLL'>>): DiagnosticError {
  return new DiagnosticError([faultDiagnostic(fault)]);
}
