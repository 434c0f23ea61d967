import { DiagnosticError, type Diagnostic } from '../../src/model/diagnostic.ts';
import type { Code } from '../../src/model/codes/registry.ts';
import { renderDiagnostics } from '../../src/render/diagnostics/text.ts';

/** An example of a code: the input, and the output of netloom. */
export interface Example {
  /** The input, if it is short. */
  readonly input?: { readonly language: 'yaml' | 'console'; readonly text: string };
  /** Other preconditions, in a sentence. */
  readonly given?: string;
  readonly print: () => Promise<string>;
}

/** Why a code has no example that prints, and which test proves it instead. */
export interface NoExample {
  readonly none: string;
  readonly provedBy: string;
}

/** Examples of some codes. */
export type Examples = Partial<Record<Code, Example | NoExample>>;

/** Returns these diagnostics as netloom prints them. */
export function printed(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string> = new Map<string, string>(),
): string {
  return renderDiagnostics(diagnostics, { sources });
}

/** Returns the error that this throws as netloom prints it; empty if it throws none. */
export async function printedError(work: () => unknown): Promise<string> {
  try {
    await work();
    return '';
  } catch (error) {
    if (error instanceof DiagnosticError) return printed(error.diagnostics);
    throw error;
  }
}
