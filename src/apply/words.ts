import { DiagnosticError } from '../model/diagnostic.ts';

/** What may stand in a line of `ip -batch`: it has no escape, and `#` cuts a line even inside quotes. */
const CLOSED = /^[A-Za-z0-9_.:/@%+,=*-]+$/;

/**
 * A line of `ip -batch`. Throws a DiagnosticError for a word outside the closed alphabet: nothing of a topology has one, but a foreign
 * object that is carried could.
 */
export function ipLine(
  words: readonly string[],
  nodePid: number,
  place: { readonly node: string; readonly netns?: string },
): string {
  for (const word of words) {
    if (CLOSED.test(word)) continue;
    throw new DiagnosticError([
      {
        code: 'NLA03',
        severity: 'error',
        summary: `${JSON.stringify(word)} can't be given to ip`,
        detail: `It would stand in the line: ${words.join(' ')}`,
        place,
        hint: 'rename the object that carries this name by hand',
      },
    ]);
  }
  return words.map((word) => (word === '@node' ? String(nodePid) : word)).join(' ');
}
