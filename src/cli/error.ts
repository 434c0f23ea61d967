import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { CodeOf } from '../model/codes/registry.ts';

/** What ends a command on purpose, as an error to throw. */
export function cliError(
  code: CodeOf<'NLX'>,
  summary: string,
  more: Pick<Diagnostic, 'hint' | 'detail'> = {},
): DiagnosticError {
  return new DiagnosticError([{ code, severity: 'error', summary, ...more }]);
}
