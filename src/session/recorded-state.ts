import { DiagnosticError } from '../model/diagnostic.ts';
import type { State } from '../model/state.ts';
import { decodeState, isState, UnusableState } from '../snapshot/decode.ts';
import { escapeControls } from '../topology/show.ts';
import type { Source } from '../topology/read.ts';

/**
 * Returns the state that a file holds, or `undefined` if the file does not claim to be one.
 * @throws DiagnosticError NLX29 if it was cut off, edited or written by a netloom that this one does not understand
 */
export function recordedState({ file, text }: Source): State | undefined {
  if (!isState(text)) return undefined;
  try {
    return decodeState(text);
  } catch (error) {
    if (!(error instanceof UnusableState)) throw error;
    throw new DiagnosticError([
      {
        code: 'NLX29',
        severity: 'error',
        summary: `${escapeControls(file)} is a recorded state that cannot be used: ${escapeControls(error.message)}`,
        hint: 'record the state again: a part of it cannot be trusted',
      },
    ]);
  }
}
