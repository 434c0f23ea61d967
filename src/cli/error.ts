import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { CodeOf } from '../model/codes/registry.ts';

/** Returns an error with one diagnostic, to end a command. */
export function cliError(
  code: CodeOf<'NLX'>,
  summary: string,
  more: Pick<Diagnostic, 'hint' | 'detail'> = {},
): DiagnosticError {
  return new DiagnosticError([{ code, severity: 'error', summary, ...more }]);
}
