import type { Diagnostic } from '../model/diagnostic.ts';

/** Remembers the warnings that were printed: what has not changed since is not printed again, as at every save. */
export interface PrintedWarnings {
  /** Returns the diagnostics of a plan without the warnings of the last one. */
  ofPlan(diagnostics: readonly Diagnostic[]): readonly Diagnostic[];
  /** Returns the diagnostics of an end without the warnings of its plan. */
  ofEnd(diagnostics: readonly Diagnostic[]): readonly Diagnostic[];
}

/** Returns a memory without any warning. */
export function printedWarnings(): PrintedWarnings {
  let printed = new Set<string>();
  const unprinted = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
    diagnostics.filter((diagnostic) => diagnostic.severity !== 'warning' || !printed.has(keyOf(diagnostic)));
  return {
    ofPlan(diagnostics) {
      const left = unprinted(diagnostics);
      printed = new Set(diagnostics.map(keyOf));
      return left;
    },
    ofEnd(diagnostics) {
      const left = unprinted(diagnostics);
      for (const diagnostic of diagnostics) printed.add(keyOf(diagnostic));
      return left;
    },
  };
}

function keyOf({ code, summary, detail = '' }: Diagnostic): string {
  return `${code} ${summary}\n${detail}`;
}
