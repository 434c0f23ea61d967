import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { CLI_CODES } from './codes.ts';

/** What ends a command on purpose, as an error to throw. */
export function cliError(
  code: keyof typeof CLI_CODES,
  summary: string,
  more: Pick<Diagnostic, 'hint' | 'detail'> = {},
): DiagnosticError {
  return new DiagnosticError([{ code, severity: 'error', summary, ...more }]);
}
