import { DiagnosticError } from '../model/diagnostic.ts';

const SAFE = /^[A-Za-z0-9_@%+:,./-]+$/;

/**
 * One word of a POSIX shell's command line, whatever its bytes. Every value that reaches a shell goes through here.
 * A word may hold anything but NUL, which no argument can carry.
 */
export function shellQuote(word: string): string {
  if (word.includes('\0')) {
    throw new DiagnosticError([
      {
        code: 'NLH001',
        severity: 'error',
        summary: 'A NUL character cannot be handed to a shell',
        detail: JSON.stringify(word.slice(0, 200)),
      },
    ]);
  }
  return SAFE.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A script that finds these words as its arguments: `$1` and so on. */
export function scriptWith(script: string, words: readonly string[]): string {
  return `${shellLine(['set', '--', ...words])}\n${script}`;
}

/** A whole command line: the words quoted, a space between. */
export function shellLine(argv: readonly string[]): string {
  return argv.map(shellQuote).join(' ');
}
