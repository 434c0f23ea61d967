import { DiagnosticError } from '../model/diagnostic.ts';

const SAFE = /^[A-Za-z0-9_@%+:,./-]+$/;

/**
 * Returns any text as one word of a POSIX shell's command line. Every value that reaches a shell is quoted here. A
 * word may contain everything but NUL, which no argument can contain.
 */
export function shellQuote(word: string): string {
  checkText(word);
  return SAFE.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Throws NLH001 if a text has a NUL character, which no argument and no script can contain. */
export function checkText(word: string): void {
  if (word.includes('\0')) {
    throw new DiagnosticError([
      {
        code: 'NLH001',
        severity: 'error',
        summary: 'A NUL character cannot be passed to a shell',
        detail: JSON.stringify(word.slice(0, 200)),
      },
    ]);
  }
}

/** Returns a script with these words as its arguments: `$1` and so on. */
export function scriptWith(script: string, words: readonly string[]): string {
  return `${shellLine(['set', '--', ...words])}\n${script}`;
}

/** Returns a command line: the words quoted, separated by spaces. */
export function shellLine(argv: readonly string[]): string {
  return argv.map(shellQuote).join(' ');
}
