import { expect } from 'vitest';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import { renderDiagnostics } from '../../../src/render/diagnostics/text.ts';

declare module 'vitest' {
  interface Matchers<T> {
    /** Of what an apply came to: nothing is left to be done. */
    toSettle: () => T;
  }
}

/** What an apply came to, as far as it is looked at here. */
export interface Ended {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

expect.extend({
  toSettle({ ok, diagnostics }: Ended) {
    const said = diagnostics.length > 0 ? `it says:\n${renderDiagnostics(diagnostics)}` : 'it says nothing';
    return { pass: ok, message: () => `expected the apply ${this.isNot ? 'not ' : ''}to settle; ${said}` };
  },
});
