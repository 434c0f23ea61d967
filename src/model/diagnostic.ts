import type { Code } from './codes/registry.ts';
import type { SourceRange } from './position.ts';
import type { Severity } from './severity.ts';

/** Another location that belongs to a diagnostic, such as "first used here". */
export interface RelatedLocation {
  readonly message: string;
  readonly range: SourceRange;
}

/** Where in the running network a diagnostic belongs; every part is optional. */
export interface NetworkLocation {
  readonly node?: string;
  readonly netns?: string;
  readonly command?: string;
}

/**
 * One error, warning or info that netloom reports.
 *
 * `code` is stable (tests and users rely on it) and one of the registry's. `summary` is one line without a full stop,
 * `hint` says what to do. Renderers make text, JSON or annotations of it.
 */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly summary: string;
  readonly detail?: string;
  readonly range?: SourceRange;
  readonly related?: readonly RelatedLocation[];
  readonly place?: NetworkLocation;
  readonly hint?: string;
}

/** Carries diagnostics to the reader. No other exception ends a command in an error on purpose. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => `${d.code}: ${d.summary}`).join('\n'));
    this.name = 'DiagnosticError';
    this.diagnostics = diagnostics;
  }
}

/** Returns whether at least one diagnostic is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === 'error');
}
