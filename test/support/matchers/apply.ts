import { expect } from 'vitest';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import { renderDiagnostics } from '../../../src/render/diagnostics/text.ts';

declare module 'vitest' {
  interface Matchers<T> {
    /** For the result of an apply: nothing differs any more. */
    toSettle: () => T;
  }
}

/** The part of an apply's result that the matcher uses. */
export interface Ended {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

expect.extend({
  toSettle({ ok, diagnostics }: Ended) {
    const printed = diagnostics.length > 0 ? `it prints:\n${renderDiagnostics(diagnostics)}` : 'it prints nothing';
    return { pass: ok, message: () => `expected the apply ${this.isNot ? 'not ' : ''}to settle; ${printed}` };
  },
});
