import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Severity } from '../../model/severity.ts';
import { clean } from '../clean.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Returns diagnostics as GitHub workflow commands, one line each: annotations on the lines of a pull request. Ends with
 * a line end; empty without diagnostics.
 */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${line(diagnostic)}\n`).join('');
}

function line({ severity, code, summary, detail, range, hint }: Diagnostic): string {
  const properties: string[] = [];
  if (range !== undefined) {
    const { file, start, end } = range;
    properties.push(`file=${property(file)}`, `line=${String(start.line)}`);
    // GitHub ignores columns of a range of several lines.
    if (end.line === start.line) properties.push(`col=${String(start.column)}`, `endColumn=${String(end.column)}`);
    else properties.push(`col=${String(start.column)}`);
  }
  properties.push(`title=${property(code)}`);
  const parts = [summary, ...(detail ?? '').split('\n'), hint === undefined ? '' : `hint: ${hint}`];
  const message = parts
    .filter((part) => part !== '')
    .map(escape)
    .join('%0A');
  return `::${COMMANDS[severity]} ${properties.join(',')}::${message}`;
}

/** Escapes a message: a percent sign would start an escape, and a line end would end the command. */
function escape(text: string): string {
  return clean(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Escapes a property: colons and commas would end it too. */
function property(text: string): string {
  return escape(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
