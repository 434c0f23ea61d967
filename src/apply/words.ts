import { DiagnosticError } from '../model/diagnostic.ts';

/** Where a line is to be run: told when it can't be. */
export interface BatchLocation {
  readonly node: string;
  readonly netns?: string;
}

/** What may stand in a line of `ip -batch`: it has no escape, and `#` cuts a line even inside quotes. */
const CLOSED = /^[A-Za-z0-9_.:/@%+,=*-]+$/;

/**
 * A line of `ip -batch`. Throws a DiagnosticError for a word outside the closed alphabet: nothing of a topology has one, but a foreign
 * object that is carried could.
 */
export function ipLine(words: readonly string[], nodePid: number, place: BatchLocation): string {
  onlyThese(CLOSED, 'ip', words, place);
  return words.map((word) => (word === '@node' ? String(nodePid) : word)).join(' ');
}

/** What may stand in a line of `ipset restore`: names, addresses and words; none that begins as an option does. */
const OF_SETS = /^(?!-)[A-Za-z0-9_.:/-]+$/;

/** A line of `ipset restore`. Throws as `ipLine` does. */
export function ipsetLine(words: readonly string[], place: BatchLocation): string {
  onlyThese(OF_SETS, 'ipset', words, place);
  return words.join(' ');
}

function onlyThese(alphabet: RegExp, program: string, words: readonly string[], place: BatchLocation): void {
  for (const word of words) {
    if (alphabet.test(word)) continue;
    throw new DiagnosticError([
      {
        code: 'NLA03',
        severity: 'error',
        summary: `${JSON.stringify(word)} can't be given to ${program}`,
        detail: `It would stand in the line: ${words.join(' ')}`,
        place,
        hint: 'rename the object that carries this name by hand',
      },
    ]);
  }
}
