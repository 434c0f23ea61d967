import type { Diagnostic } from '../model/diagnostic.ts';

/** The most diagnostics of one topology that are reported. A reader corrects the first ones and checks again. */
export const MOST_DIAGNOSTICS = 20;

/**
 * Returns the first diagnostics, in their order, and a note if there are more. Errors come before warnings in the
 * choice, so that a file with errors is never taken for valid.
 */
export function firstOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= MOST_DIAGNOSTICS) return diagnostics;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const others = diagnostics.filter(({ severity }) => severity !== 'error');
  const chosen = new Set([...errors, ...others].slice(0, MOST_DIAGNOSTICS));
  return [
    ...diagnostics.filter((diagnostic) => chosen.has(diagnostic)),
    {
      code: 'NL025',
      severity: 'info',
      summary: `only the first ${String(MOST_DIAGNOSTICS)} ${errors.length > 0 ? 'errors' : 'warnings'} are shown`,
      hint: 'correct these, and check the file again',
    },
  ];
}
